import { LinkButton } from "@/components/button";
import { Banner } from "@/components/feedback/banner";
import { SectionCard } from "@/components/layout/section-card";
import { headersOf } from "../columns/draft";
import { namedHamlets } from "../columns/hamlets";
import type { Batch } from "../data";
import type { CheckView as View } from "../loaders";
import { alongText, outcomeText, stopText } from "../utils";
import { HamletCard } from "./hamlet-card";
import { PolicyCard } from "./policy-card";
import { ResultsCard } from "./results-card";
import { RowListView } from "./row-list-view";
import { WriteBar } from "./write-bar";

/** What the check found, what writing would do, and everything that can still be decided before. */
export function CheckView({ batch, view }: Readonly<{ batch: Batch; view: View }>) {
  const { plan, counts, preview, left, looks, hamlets, list } = view;
  const along = alongText(preview, plan.year);
  const named = namedHamlets(
    counts.unknownHamlets,
    plan.hamlets,
    (id) => hamlets.find((hamlet) => hamlet.id === id)?.name,
  );
  const canDiffer = counts.rows.CHANGED + counts.rows.DOUBTFUL > 0;

  return (
    <div className="flex flex-col gap-5">
      {batch.errorText && (
        <Banner tone="warn" title="Lần ghi vừa rồi chưa thực hiện được" className="mb-0">
          {batch.errorText}
        </Banner>
      )}
      <SectionCard
        title={outcomeText(counts, preview, plan.policy)}
        note={along}
        action={
          <LinkButton variant="quiet" size="small" href={`/nhap-lieu/${batch.id}?buoc=cot`}>
            Chọn lại cột
          </LinkButton>
        }
      >
        <WriteBar
          key={batch.version}
          batch={{ id: batch.id, version: batch.version }}
          rows={preview.rows}
          left={left}
          stop={stopText(preview)}
        />
      </SectionCard>
      {named.length > 0 && (
        <HamletCard
          key={JSON.stringify([named, plan.hamlets])}
          batch={{ id: batch.id, version: batch.version }}
          named={named}
          hamlets={hamlets}
          initial={plan.hamlets}
        />
      )}
      {plan.takeResults && <ResultsCard counts={counts} year={plan.year} />}
      {canDiffer && (
        <PolicyCard key={plan.policy} batch={{ id: batch.id, version: batch.version }} policy={plan.policy} />
      )}
      <RowListView
        batch={{ id: batch.id, version: batch.version }}
        counts={counts}
        list={list}
        hasSheets={plan.sheets.length > 1}
        headerOf={headersOf(looks, plan)}
      />
    </div>
  );
}
