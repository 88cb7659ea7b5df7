import type { TitleCode } from "@/domain/title/title";
import { formatDate } from "@/lib/format/date";
import { CLOSE_REASON_NAMES, MERGED, MERGED_NAME } from "./constants";
import type { FactValues } from "./facts";
import { factsOf } from "./facts";

/** What the journal keeps of an entry, by key (`subject_images` of the database), or the part of it that a step changed. */
export type Image = Readonly<Record<string, unknown>>;

/** One fact that a step changed, in the words of the office. `isSaid`: `to` says what happened, the values are not told. */
export type ChangedFact = { field: string; label: string; from: string; to: string; isSaid?: true };

/** Stands for a citizen's number: the version of its row. */
const IDENTITY = "identityVersion";

const REFERENCES = ["clanId", "householdId", "organisationId", "mergedIntoId"] as const;

/** The ids in images that stand for names: of entries and of units. */
export function referencesIn(images: readonly (Image | null)[]): { subjects: string[]; units: number[] } {
  const subjects = new Set<string>();
  const units = new Set<number>();
  for (const image of images) {
    for (const key of REFERENCES) {
      const id = image?.[key];
      if (typeof id === "string") subjects.add(id);
    }
    if (typeof image?.unitId === "number") units.add(image.unitId);
  }

  return { subjects: [...subjects], units: [...units] };
}

/** The names that stand for ids; an id without a name is one the reader may not see. */
export type ImageNames = Readonly<{
  subjects: ReadonlyMap<string, string>;
  units: ReadonlyMap<number, string>;
}>;

/** The facts that differ between two images (or their differing parts), name first, then place and state. */
export function changedFacts(
  title: TitleCode,
  before: Image,
  after: Image,
  names: ImageNames,
): ChangedFact[] {
  const [was, is] = [textsOf(title, before, names), textsOf(title, after, names)];
  const changed: ChangedFact[] = was.flatMap(({ field, label, text }, at) => {
    const next = is[at]?.text ?? "";
    const isTouched = field in before || field in after;

    return isTouched && JSON.stringify(before[field]) !== JSON.stringify(after[field])
      ? [{ field, label, from: text, to: next }]
      : [];
  });
  const identity = identityFact(before, after);
  if (identity) changed.push(identity);
  if (changed.length > 0 || !("homes" in before)) return changed;

  return [{ field: "homes", label: "Nơi đã ở", from: homesText(before.homes), to: homesText(after.homes) }];
}

function textsOf(
  title: TitleCode,
  image: Image,
  names: ImageNames,
): { field: string; label: string; text: string }[] {
  const values: Record<string, FactValues[string]> = {};
  for (const [key, value] of Object.entries(image)) {
    if (
      typeof value === "string" ||
      typeof value === "number" ||
      typeof value === "boolean" ||
      value === null
    )
      values[key] = value;
  }
  for (const key of REFERENCES) {
    const id = image[key];
    values[key] = typeof id === "string" ? (names.subjects.get(id) ?? "(mục khác)") : "";
  }
  const day = (value: unknown) => (typeof value === "string" ? formatDate(value) : "");
  const unit = typeof image.unitId === "number" ? (names.units.get(image.unitId) ?? "(thôn khác)") : "";

  return [
    ...factsOf(title, values),
    { field: "unitId", label: title === "ORGANISATION" ? "Địa bàn" : "Thôn", text: unit },
    { field: "activeFrom", label: "Theo dõi từ", text: day(image.activeFrom) },
    { field: "activeTo", label: "Thôi theo dõi từ", text: day(image.activeTo) },
    { field: "closeReason", label: "Lý do thôi theo dõi", text: reasonText(title, image.closeReason) },
    { field: "mergedIntoId", label: "Gộp vào", text: String(values.mergedIntoId ?? "") },
  ];
}

/** Why an entry is no longer followed, in the words of its kind. */
export function reasonText(title: TitleCode, reason: unknown): string {
  if (typeof reason !== "string") return "";
  if (reason === MERGED) return MERGED_NAME;
  const names: Readonly<Record<string, string | undefined>> = CLOSE_REASON_NAMES[title];

  return names[reason] ?? "Cùng với hộ";
}

/** Of a citizen's number only that something happened to it. */
function identityFact(before: Image, after: Image): ChangedFact | undefined {
  const [was, is] = [before[IDENTITY] ?? null, after[IDENTITY] ?? null];
  if (was === is) return undefined;
  const to = was === null ? "đã ghi" : is === null ? "đã xoá" : "đã sửa";

  return { field: IDENTITY, label: "Số định danh", from: "", to, isSaid: true };
}

/** Did a step write over a citizen's number or take it out: what it was is kept nowhere. */
export function losesIdentity(before: Image | null): boolean {
  return before !== null && (before[IDENTITY] ?? null) !== null;
}

function homesText(homes: unknown): string {
  return Array.isArray(homes) ? `${homes.length} nơi` : "";
}
