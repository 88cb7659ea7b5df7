import { LinkButton } from "@/components/button";
import { Banner } from "@/components/feedback/banner";
import { SectionCard } from "@/components/layout/section-card";
import { entryCode } from "@/domain/title/entry-code";
import { inSentence } from "@/features/territory/utils";
import { formatDate, formatDateTime } from "@/lib/format/date";
import { formatCount } from "@/lib/format/number";
import { kindOf } from "../constants";
import type { ComparePage } from "../loaders/merge";
import { MarkDistinct, UnmarkDistinct } from "./distinct-mark";
import { MergeForm } from "./merge-form";

const LINKED_NOUNS = {
  FAMILY: "thành viên",
  CLAN: "hộ thành viên",
  ORGANISATION: "người của đơn vị",
  CITIZEN: "mục",
  COMMUNITY: "mục",
};

/** Two entries beside each other: what each says, what goes over, what stays, and which one goes on. */
export function MergeCompare({ page }: Readonly<{ page: ComparePage }>) {
  const { keep, drop, goes, stays, hindrance } = page;
  const code = (side: typeof keep) =>
    `${entryCode(side.title, side.number)}, ghi ${formatDate(side.createdAt)}`;
  const pair = { oneId: keep.id, otherId: drop.id, names: `${code(keep)} và ${code(drop)}` };
  const noun = LINKED_NOUNS[drop.title];
  const unitNote =
    keep.unitId === drop.unitId
      ? ""
      : ` và chuyển sang ${inSentence(keep.unit.name)} (những người đang ở cùng hộ cũ)`;

  return (
    <div className="flex flex-col gap-5">
      {hindrance && (
        <Banner tone="warn" title="Chưa gộp được">
          {hindrance}
        </Banner>
      )}
      {page.distinct && (
        <Banner
          title="Hai mục này đã đánh dấu không phải trùng"
          action={<UnmarkDistinct {...pair} />}
          className="mb-0"
        >
          {page.distinct.byName ?? "Một tài khoản khác"} đánh dấu lúc {formatDateTime(page.distinct.at)}.
        </Banner>
      )}
      <SectionCard
        title="Hai mục khác nhau ở đâu?"
        action={
          <div className="flex flex-wrap gap-2">
            {!page.distinct && !hindrance && <MarkDistinct {...pair} />}
            <LinkButton size="small" href={`/so-theo-doi/gop?muc=${drop.id}&voi=${keep.id}`}>
              Đổi mục giữ lại
            </LinkButton>
          </div>
        }
      >
        {hindrance ? null : (
          <MergeForm
            keep={{ id: keep.id, version: keep.version, heading: `Giữ lại: ${code(keep)}` }}
            drop={{ id: drop.id, version: drop.version, heading: `Thôi theo dõi: ${code(drop)}` }}
            facts={page.facts}
            today={page.today}
            backHref={`/so-theo-doi/${keep.id}`}
          />
        )}
      </SectionCard>
      <SectionCard title="Gộp thì những gì chuyển theo, những gì ở lại?">
        <ul className="flex list-disc flex-col gap-1 pl-5">
          {drop.title !== "CITIZEN" && (
            <li>
              {drop.linked === 0
                ? `Mục thôi theo dõi không có ${noun} nào.`
                : `${formatCount(drop.linked)} ${noun} chuyển sang mục giữ lại${drop.title === "FAMILY" ? unitNote : ""}.`}
            </li>
          )}
          {drop.title === "CITIZEN" && drop.hasIdentity && (
            <li>
              {keep.hasIdentity
                ? "Cả hai mục đều có số CCCD: số của mục giữ lại được giữ."
                : "Số CCCD chuyển sang mục giữ lại."}
            </li>
          )}
          {goes.length > 0 && <li>Phiếu đang mở năm {goes.join(", ")} chuyển sang mục giữ lại.</li>}
          {stays.length > 0 && (
            <li>
              Phiếu và quyết định năm {stays.join(", ")} ở lại mục thôi theo dõi; trang của mục giữ lại có
              đường dẫn tới.
            </li>
          )}
          {drop.assessments.length === 0 && <li>Mục thôi theo dõi chưa có phiếu chấm điểm nào.</li>}
          <li>
            {kindOf(drop.title).tabLabel}: mục kia ghi “thôi theo dõi: gộp vào mục trùng”. Gộp nhầm thì hoàn
            tác được ở phần lịch sử.
          </li>
        </ul>
      </SectionCard>
    </div>
  );
}
