import type { CriteriaItem, Provenance } from "@/domain/criteria/criteria-set";
import { DERIVED_MEASURE_LABELS } from "@/domain/criteria/criteria-set";
import { formatNumber } from "@/lib/format/number";

/** How sure the text of an item is. */
export const PROVENANCE_NAMES: Readonly<Record<Provenance, string>> = {
  source: "theo văn bản",
  inferred: "suy ra từ văn bản",
  template: "mẫu",
  unknown: "chưa đọc được",
};

/** How an item is answered and what its answers earn, in one sentence. */
export function answerText(item: CriteriaItem): string {
  const { answer } = item;
  const derived =
    item.derived === undefined
      ? ""
      : ` Tự tính: ${DERIVED_MEASURE_LABELS[item.derived].numeratorVi} trên ${DERIVED_MEASURE_LABELS[item.derived].denominatorVi}.`;
  switch (answer.kind) {
    case "yesNo":
      return `Có hoặc không.${derived}`;
    case "scale":
      return `Cho điểm nguyên từ 0 đến ${formatNumber(answer.max)}.${derived}`;
    case "share":
      return `Theo tỷ lệ: ${answer.bands.map((band) => `từ ${formatNumber(band.atLeast)} % được ${formatNumber(band.points)} điểm`).join("; ")}.${derived}`;
    case "level":
      return `Mức 0, 1 hoặc 2.${derived}`;
    case "levelShare":
      return `Tỷ lệ từ ${formatNumber(answer.level1)} % đạt mức 1, từ ${formatNumber(answer.level2)} % đạt mức 2.${derived}`;
  }
}
