import { TITLES } from "@/domain/title/title";
import type { LinePiece, WriteLine, WriteSheet } from "@/lib/spreadsheet/write";
import type { OfficialList } from "./official";
import { officialColumns, officialRows, officialWords } from "./official";

const WIDTH = 92;

/** The official list as a sheet of A4: letterhead, table with lines, sum and signature like the page. */
export function officialSheet(list: OfficialList): WriteSheet {
  const words = officialWords(list);
  const columns = officialColumns(list.title);
  const count = columns.length + 1;
  const half = Math.max(2, Math.floor(count / 2));
  const both = (
    left: Partial<LinePiece> & { text: string },
    right: Partial<LinePiece> & { text: string },
  ): WriteLine => [
    { at: 0, span: half, align: "center", ...left },
    { at: half, span: count - half, align: "center", ...right },
  ];
  const whole = (text: string, font?: LinePiece["font"]): WriteLine => [
    { text, at: 0, span: count, align: "center", ...(font ? { font } : {}) },
  ];

  return {
    name: TITLES[list.title].nameVi,
    isPaper: true,
    columns: [
      { header: "STT", width: 6, type: "number", align: "center" },
      ...columns.map(({ key, header, share, align }) => ({
        header,
        // A header that wraps would stand higher than its row.
        width: Math.max(Math.round((share * WIDTH) / 100), header.length + 3),
        align,
        type: key === "total" || key === "birthYear" ? ("number" as const) : ("text" as const),
      })),
    ],
    above: [
      both({ text: words.above }, { text: words.nation, font: "bold" }),
      both({ text: words.body, font: "bold" }, { text: words.motto, font: "bold" }),
      both({ text: words.number }, { text: words.placeAndDate, font: "italic" }),
      "",
      whole(words.kind, "title"),
      whole(words.subject, "bold"),
      whole(words.attached, "italic"),
      "",
    ],
    rows: officialRows(list),
    below: [
      [{ text: words.total, at: 0, span: count, font: "bold" }],
      "",
      both({ text: "Nơi nhận:", font: "bold", align: "left" }, { text: words.onBehalf, font: "bold" }),
      both({ text: words.recipients[0] ?? "", align: "left" }, { text: words.office, font: "bold" }),
      both({ text: words.recipients[1] ?? "", align: "left" }, { text: words.signHint, font: "italic" }),
      ...words.recipients.slice(2).map((text): WriteLine => [{ text, at: 0, span: half, align: "left" }]),
    ],
  };
}
