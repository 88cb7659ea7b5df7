import type { ReactNode } from "react";
import { StateBadge } from "@/components/data/badge";
import { KeyValueList } from "@/components/data/key-value-list";
import { Banner } from "@/components/feedback/banner";
import type { AssessmentState } from "@/domain/recognition/recognition";
import { stateName, stateTone } from "@/domain/recognition/recognition";
import type { AssessmentSheet, Step, UsedCriteriaSet } from "@/features/assessment/types";
import { formatDate, formatDateTime } from "@/lib/format/date";

/** Says, on screen and on paper, that a set is a template and nobody has issued it; `isBrief` in one line. */
export function TemplateBanner({
  criteriaSet,
  isBrief = false,
}: Readonly<{ criteriaSet: Pick<UsedCriteriaSet, "status" | "legalBasis">; isBrief?: boolean }>) {
  if (criteriaSet.status !== "TEMPLATE") return null;
  if (isBrief) {
    return (
      <Banner tone="warn" title="Bộ tiêu chí mẫu — chưa cơ quan nào ban hành; kết quả chỉ để dùng thử." />
    );
  }

  return (
    <Banner tone="warn" title="Bộ tiêu chí mẫu — chưa cơ quan nào ban hành">
      <p>
        {criteriaSet.legalBasis}. Kết quả chấm theo bộ này chỉ để dùng thử cho đến khi địa phương có bộ tiêu
        chí của mình.
      </p>
    </Banner>
  );
}

/** The reason of a return, at the top, as long as the sheet is with the commune. */
export function ReturnNotice({ sheet }: Readonly<{ sheet: AssessmentSheet }>) {
  if (sheet.state !== "RETURNED" || !sheet.returnReason) return null;

  return (
    <Banner
      tone="danger"
      title={`Thẩm định trả lại${sheet.returnCount > 1 ? ` (lần ${sheet.returnCount})` : ""}`}
    >
      <p className="whitespace-pre-line wrap-anywhere">{sheet.returnReason}</p>
      {sheet.reviewed && (
        <p className="text-muted">
          {sheet.reviewed.by}, {formatDateTime(sheet.reviewed.at)}
        </p>
      )}
    </Banner>
  );
}

/** The state of an assessment as a mark and a word; a subject without one has not registered. */
export function AssessmentStateBadge({
  state,
  isComplete = false,
}: Readonly<{ state: AssessmentState | null; isComplete?: boolean }>) {
  return <StateBadge tone={stateTone(state, isComplete)}>{stateName(state, isComplete)}</StateBadge>;
}

/** Which set, which version, on what legal basis; a template's basis stands in its banner. */
export function CriteriaSetLine({ criteriaSet }: Readonly<{ criteriaSet: UsedCriteriaSet }>) {
  const { name, code, version, legalBasis, issuer, status } = criteriaSet;
  const parts = [
    `${name} (mã ${code}, phiên bản ${version})`,
    ...(status === "TEMPLATE" ? ["bộ mẫu"] : [legalBasis, issuer]),
  ];

  return <>{parts.join(" · ")}</>;
}

/** Who did what when, and the decision: the end of a sheet, as minutes close. */
export function SheetSteps({ sheet, check }: Readonly<{ sheet: AssessmentSheet; check?: ReactNode }>) {
  const { decision } = sheet;
  const items = [
    { label: "Bộ tiêu chí", value: <CriteriaSetLine criteriaSet={sheet.criteriaSet} /> },
    {
      label: "Địa bàn ngày chốt",
      value: `${sheet.unit.name}${sheet.unit.id === sheet.commune.id ? "" : `, ${sheet.commune.name}`} (${formatDate(sheet.referenceDate)})`,
    },
    { label: "Đăng ký", value: formatDate(sheet.registeredOn) },
    { label: "Người chấm", value: stepText(sheet.scored) },
    { label: "Người nộp", value: stepText(sheet.submitted) },
    { label: "Người thẩm định", value: stepText(sheet.reviewed) },
    ...(decision
      ? [
          {
            label: "Quyết định công nhận",
            value: `Số ${decision.number} ngày ${formatDate(decision.decidedOn)}, người ký: ${decision.signer}; có giá trị ${yearsText(decision.firstYear, decision.lastYear)}`,
          },
        ]
      : []),
    ...(check ? [{ label: "Kiểm tra lại", value: check }] : []),
  ];

  return <KeyValueList items={items} />;
}

function stepText(step: Step | null): string | null {
  return step ? `${step.by}, ${formatDateTime(step.at)}` : null;
}

function yearsText(first: number, last: number): string {
  return first === last ? `năm ${first}` : `từ năm ${first} đến năm ${last}`;
}
