import { SectionCard } from "@/components/layout/section-card";
import { formatCount } from "@/lib/format/number";
import { jobLabel, VERDICT_TEXTS } from "../bulk";
import { kindOf } from "../constants";
import type { BulkPreview } from "../data/bulk";
import type { BulkPage } from "../loaders/bulk";
import type { BulkChange } from "../schema";
import { BulkConfirm } from "./bulk-form";

/** What a change will do to how many rows, and why some are left; then the button with the exact number. */
export function BulkPreviewCard({
  page,
  preview,
  change,
}: Readonly<{ page: BulkPage; preview: BulkPreview; change: BulkChange }>) {
  const { scope, title, list, ids } = page;
  const { nounVi } = kindOf(title);
  const { CHANGES, ALREADY, ...left } = preview.verdicts;
  const to = page.options.find(({ value }) => value === change.value)?.label ?? "(trống)";
  const cannot = Object.entries(left).filter(([, count]) => count > 0);
  const refused = cannot.reduce((sum, [, count]) => sum + count, 0);

  return (
    <SectionCard title="Sẽ đổi những gì?" id="xem-truoc">
      <p className="mb-3">
        {jobLabel(change.job)}: <strong>{to}</strong>
        {change.on ? `, từ ngày ${change.on.split("-").reverse().join("/")}` : ""}
      </p>
      <ul className="mb-5 flex list-disc flex-col gap-1 pl-5">
        <li>
          <strong>{formatCount(CHANGES)}</strong> {nounVi} sẽ đổi{membersText(preview.members, change)}
        </li>
        {ALREADY > 0 && (
          <li>
            {formatCount(ALREADY)} {nounVi} đã như vậy, giữ nguyên
          </li>
        )}
        {refused > 0 && (
          <li>
            {formatCount(refused)} {nounVi} không đổi được:
            <ul className="list-[circle] pl-5">
              {cannot.map(([verdict, count]) => (
                <li key={verdict}>
                  {formatCount(count)} {VERDICT_TEXTS[verdict as keyof typeof VERDICT_TEXTS]}
                </li>
              ))}
            </ul>
          </li>
        )}
        {title === "CITIZEN" && change.job === "move" && (
          <li>Người chuyển thôn riêng thì rời hộ hiện nay. Nếu cả hộ chuyển, hãy chuyển ở danh sách hộ.</li>
        )}
      </ul>
      {CHANGES > 0 ? (
        <BulkConfirm
          key={preview.fingerprint}
          hidden={{
            unitId: scope.unit.id,
            year: scope.year,
            title,
            list,
            ids: ids.join(","),
            job: change.job,
            value: change.value,
            on: change.on ?? "",
            withMembers: change.withMembers ? "on" : "",
            count: CHANGES,
            fingerprint: preview.fingerprint,
          }}
          count={CHANGES}
          noun={nounVi}
          backHref={`/so-theo-doi?${list}`}
        />
      ) : (
        <p className="font-medium">Không có mục nào cần đổi.</p>
      )}
    </SectionCard>
  );
}

function membersText(members: number, { job, withMembers }: BulkChange): string {
  if (members === 0) return "";
  if (job === "close" && !withMembers) return `; ${formatCount(members)} thành viên ở lại sổ và rời hộ`;

  return `, cùng ${formatCount(members)} thành viên`;
}
