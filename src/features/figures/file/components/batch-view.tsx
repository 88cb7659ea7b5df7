import { LinkButton } from "@/components/button";
import { DataTable } from "@/components/data/data-table";
import { Banner } from "@/components/feedback/banner";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { SectionCard } from "@/components/layout/section-card";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import { undoFigureBatchAction, writeFigureBatchAction } from "../../actions";
import { figureLabel } from "../../constants";
import { PROBLEM_TEXTS } from "../constants";
import type { BatchCell, CellProblem, FigureBatch } from "../types";
import { batchCounts } from "../utils";

/** The most rows of a table; the counts above it are always of all. */
const MOST_SHOWN = 200;

/** What a file would write, has written, or has taken back; and the one step that can be taken next. */
export function BatchView({
  batch,
  unitNames,
  uploadHref,
}: Readonly<{ batch: FigureBatch; unitNames: ReadonlyMap<number, string>; uploadHref: string }>) {
  const { cells, problems, state } = batch;

  return (
    <div className="flex flex-col gap-5">
      <State batch={batch} />
      {problems.length > 0 && <Problems problems={problems} />}
      {cells.length > 0 && <Changes cells={cells} unitNames={unitNames} state={state} />}
      <div className="flex flex-wrap items-end gap-3">
        {state === "CHECKED" && cells.length > 0 && (
          <Form action={writeFigureBatchAction} hidden={{ batchId: batch.id }} label="Ghi số liệu của tệp">
            <FormActions>
              <SubmitButton pendingLabel="Đang ghi…">Ghi {formatCount(cells.length)} số</SubmitButton>
            </FormActions>
          </Form>
        )}
        {state === "WRITTEN" && (
          <Form action={undoFigureBatchAction} hidden={{ batchId: batch.id }} label="Hoàn tác tệp">
            <FormActions>
              <SubmitButton variant="secondary" pendingLabel="Đang hoàn tác…">
                Hoàn tác {formatCount(cells.length)} số đã ghi
              </SubmitButton>
            </FormActions>
          </Form>
        )}
        <LinkButton href={uploadHref}>Gửi tệp khác</LinkButton>
      </div>
    </div>
  );
}

function State({ batch }: Readonly<{ batch: FigureBatch }>) {
  const { added, changed, unchanged, rejected } = batchCounts(batch);
  const rest = `${formatCount(unchanged)} số giữ nguyên, ${formatCount(rejected)} chỗ bị loại.`;
  if (batch.state === "WRITTEN") {
    return (
      <Banner tone="ok" title={`Đã ghi: thêm ${formatCount(added)} số, sửa ${formatCount(changed)} số`}>
        {rest} Hoàn tác được khi chưa ai sửa tiếp các số này.
      </Banner>
    );
  }
  if (batch.state === "UNDONE") {
    return (
      <Banner title={`Đã hoàn tác ${formatCount(added + changed)} số của tệp`}>
        Các số trở lại như trước khi ghi tệp.
      </Banner>
    );
  }
  if (added + changed === 0) {
    return <Banner title="Tệp không có gì mới để ghi">{rest}</Banner>;
  }

  return (
    <Banner
      tone={rejected > 0 ? "warn" : "info"}
      title={`Sẽ thêm ${formatCount(added)} số, sửa ${formatCount(changed)} số`}
    >
      {rest} Chưa ghi gì vào hệ thống.
    </Banner>
  );
}

function Problems({ problems }: Readonly<{ problems: readonly CellProblem[] }>) {
  return (
    <SectionCard
      title={`${formatCount(problems.length)} chỗ bị loại`}
      note={problems.length > MOST_SHOWN ? `Hiện ${formatCount(MOST_SHOWN)} chỗ đầu.` : undefined}
      isFlush
    >
      <DataTable
        hasFrame={false}
        caption="Những chỗ bị loại và cách sửa"
        rows={problems.slice(0, MOST_SHOWN)}
        rowKey={({ row, column, code }) => `${row} ${column} ${code}`}
        columns={[
          {
            key: "row",
            header: "Dòng",
            isRowHeader: true,
            width: "5rem",
            cell: ({ row }) => `Dòng ${row}`,
          },
          { key: "column", header: "Cột", cell: ({ column }) => column ?? "Cả dòng" },
          {
            key: "reason",
            header: "Vì sao, sửa thế nào",
            isWide: true,
            cell: ({ code }) => PROBLEM_TEXTS[code],
          },
        ]}
      />
    </SectionCard>
  );
}

function Changes({
  cells,
  unitNames,
  state,
}: Readonly<{
  cells: readonly BatchCell[];
  unitNames: ReadonlyMap<number, string>;
  state: FigureBatch["state"];
}>) {
  return (
    <SectionCard
      title={state === "CHECKED" ? "Sẽ ghi những số nào?" : "Những số của tệp"}
      note={cells.length > MOST_SHOWN ? `Hiện ${formatCount(MOST_SHOWN)} số đầu.` : undefined}
      isFlush
    >
      <DataTable
        hasFrame={false}
        caption="Các số của tệp khác số đang có"
        rows={cells.slice(0, MOST_SHOWN)}
        rowKey={({ unitId, key }) => `${unitId} ${key}`}
        columns={[
          {
            key: "unit",
            header: "Đơn vị",
            isRowHeader: true,
            cell: ({ unitId }) => unitNames.get(unitId) ?? "–",
          },
          { key: "figure", header: "Số liệu", cell: ({ key }) => capitalised(figureLabel(key)) },
          {
            key: "before",
            header: "Trước",
            align: "right",
            cell: ({ before }) => (before === null ? "chưa có" : formatCount(before)),
          },
          { key: "value", header: "Trong tệp", align: "right", cell: ({ value }) => formatCount(value) },
        ]}
      />
    </SectionCard>
  );
}
