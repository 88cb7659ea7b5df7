import { Badge } from "@/components/data/badge";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import { bandsText, PROVENANCE_TEXTS } from "@/features/assessment/utils";

/** Code and name of an item, with a mark where its wording or points are not those of a published text. */
export function ItemHeading({ id, item }: Readonly<{ id?: string; item: CriteriaItem }>) {
  return (
    <h3 id={id} className="min-w-0 font-medium">
      <span className="tabular text-muted">{item.code}</span> {item.name}{" "}
      {item.provenance !== "source" && <Badge>{PROVENANCE_TEXTS[item.provenance]}</Badge>}
    </h3>
  );
}

/** What the scorer should know: note, how a share becomes points, what usually proves it. */
export function ItemGuidance({ id, item }: Readonly<{ id?: string; item: CriteriaItem }>) {
  const bands = bandsText(item);

  return (
    <div id={id} className="text-sm text-muted">
      {item.note && <p>{item.note}</p>}
      {bands && <p>{`${bands.charAt(0).toLocaleUpperCase("vi")}${bands.slice(1)}`}</p>}
      {item.evidence && <p>Minh chứng thường dùng: {item.evidence}.</p>}
    </div>
  );
}
