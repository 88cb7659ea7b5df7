import { LinkButton } from "@/components/button";
import type { Column } from "@/components/data/data-table";
import { DataTable } from "@/components/data/data-table";
import { TITLE_SLUGS } from "@/domain/title/slug";
import { TITLES } from "@/domain/title/title";
import { inSentence } from "@/features/territory/utils";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import type { TitleSummary } from "../data/summary";
import type { CommuneOverview } from "../loaders";
import { NOT_READY, NOT_READY_NAMES } from "../utils";

/** One line per title: how far the commune has come, what can go now and what cannot, and why. */
export function CommuneTable({ commune, year }: Readonly<{ commune: CommuneOverview; year: number }>) {
  return (
    <DataTable
      caption={`Hồ sơ năm ${year} của ${inSentence(commune.name)} theo mô hình`}
      rows={commune.lines}
      rowKey={(line) => line.title}
      hasFrame={false}
      columns={columnsOf(commune, year)}
    />
  );
}

function columnsOf(commune: CommuneOverview, year: number): Column<TitleSummary>[] {
  const count = (
    key: string,
    header: string,
    value: (line: TitleSummary) => number,
  ): Column<TitleSummary> => ({
    key,
    header,
    align: "right",
    cell: (line) => <Count value={value(line)} />,
  });

  return [
    {
      key: "title",
      header: "Mô hình",
      isRowHeader: true,
      cell: (line) => (
        <>
          <span className="block font-medium whitespace-nowrap">{TITLES[line.title].nameVi}</span>
          {line.submitBy && (
            <span className="block text-xs whitespace-nowrap text-muted">
              nộp trước {formatDate(line.submitBy)}
            </span>
          )}
        </>
      ),
    },
    count("total", "Trong sổ", (line) => line.total),
    count("registered", "Đăng ký", (line) => line.registered),
    count("scored", "Chấm đủ", (line) => line.scored),
    count("ready", "Nộp được", (line) => line.ready),
    { key: "notReady", header: "Chưa nộp được vì", cell: (line) => <StayingBehind line={line} /> },
    count("submitted", "Chờ thẩm định", (line) => line.submitted),
    {
      key: "returned",
      header: "Trả lại",
      align: "right",
      cell: (line) =>
        line.returned > 0 && line.dossierId ? (
          <a className="link font-semibold text-danger" href={`/ho-so/${line.dossierId}?tinh-trang=tra-lai`}>
            {formatCount(line.returned)}
          </a>
        ) : (
          <Count value={line.returned} />
        ),
    },
    count("approved", "Đã duyệt", (line) => line.approved),
    count("recognised", "Công nhận", (line) => line.recognised),
    {
      key: "step",
      header: "Việc cần làm",
      isWide: true,
      isScreenOnly: true,
      cell: (line) => <Step commune={commune} line={line} year={year} />,
    },
  ];
}

function Count({ value }: Readonly<{ value: number }>) {
  return <span className={value === 0 ? "text-muted" : undefined}>{formatCount(value)}</span>;
}

function StayingBehind({ line }: Readonly<{ line: TitleSummary }>) {
  const parts = NOT_READY.filter((reason) => line.notReady[reason] > 0);
  if (parts.length === 0) return <span className="text-muted">–</span>;

  return (
    <ul>
      {parts.map((reason) => (
        <li key={reason}>
          {formatCount(line.notReady[reason])} {NOT_READY_NAMES[reason]}
        </li>
      ))}
    </ul>
  );
}

function Step({
  commune,
  line,
  year,
}: Readonly<{ commune: CommuneOverview; line: TitleSummary; year: number }>) {
  const scope = `don-vi=${commune.id}&nam=${year}&mo-hinh=${TITLE_SLUGS[line.title]}`;

  return (
    <span className="flex flex-wrap gap-2">
      {line.ready > 0 && commune.maySubmit && (
        <LinkButton href={`/ho-so/nop?${scope}`} variant="primary" size="small" className="whitespace-nowrap">
          {`Nộp ${formatCount(line.ready)} ${TITLES[line.title].countedNounVi}`}
        </LinkButton>
      )}
      {line.dossierId && (
        <LinkButton className="whitespace-nowrap" href={`/ho-so/${line.dossierId}`} size="small">
          Xem hồ sơ
        </LinkButton>
      )}
      {line.ready === 0 && !line.dossierId && commune.maySubmit && (
        <LinkButton className="whitespace-nowrap" href={`/cham-diem?${scope}`} variant="quiet" size="small">
          Chấm điểm
        </LinkButton>
      )}
    </span>
  );
}
