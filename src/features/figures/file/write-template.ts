import type { Readable } from "node:stream";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { capitalised } from "@/lib/text/name";
import { LIST_FIELDS } from "../constants";
import { CODE_HEADER, NAME_HEADER } from "./constants";
import type { TemplateData } from "./loaders";
import { unitCode } from "./read-figures";

/** The template of a unit and year: units down, figures across, with what stands now; reads back as it is. */
export function writeTemplate({ unit, year, units, values }: TemplateData): Readable {
  return writeWorkbook({
    sheets: [
      {
        name: `Năm ${year}`,
        above: [
          `Số liệu chính thức năm ${year}: ${unit.name}`,
          "Ghi số nguyên vào ô. Ô để trống: giữ nguyên số đang có. Không sửa cột mã đơn vị.",
        ],
        isHeaderLocked: true,
        columns: [
          { header: CODE_HEADER, width: 14 },
          { header: NAME_HEADER, width: 32 },
          ...LIST_FIELDS.map(({ label }) => ({
            header: capitalised(label),
            width: 16,
            type: "number" as const,
            align: "right" as const,
          })),
        ],
        rows: units.map((one): CellValue[] => [
          unitCode(one.id),
          one.name,
          ...LIST_FIELDS.map(({ key }) => values.get(`${one.id} ${key}`) ?? null),
        ]),
      },
    ],
  });
}
