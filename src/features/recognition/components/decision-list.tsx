import { DataTable } from "@/components/data/data-table";
import { formatDate } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import type { DecisionRow } from "../data";

/** The decisions of a dossier. */
export function DecisionList({ decisions }: Readonly<{ decisions: readonly DecisionRow[] }>) {
  return (
    <DataTable
      caption="Quyết định công nhận"
      rows={decisions}
      rowKey={(decision) => decision.id}
      hasFrame={false}
      columns={[
        { key: "number", header: "Số quyết định", isRowHeader: true, cell: (decision) => decision.number },
        { key: "decidedOn", header: "Ngày", cell: (decision) => formatDate(decision.decidedOn) },
        { key: "signer", header: "Người ký", cell: (decision) => decision.signer },
        {
          key: "recognised",
          header: "Số mục công nhận",
          align: "right",
          cell: (decision) => formatCount(decision.recognised),
        },
      ]}
    />
  );
}
