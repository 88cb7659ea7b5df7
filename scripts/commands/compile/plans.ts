import { z } from "zod";
import { INDICATORS } from "@/domain/indicator/catalogue";
import { PlanFile, SPECIALLY_DIFFICULT } from "@/domain/plan/target";
import type { TerritoryFile } from "@/domain/territory/reference-file";
import { unitKey } from "@/domain/territory/territory";
import {
  CONFIDENCES,
  DENOMINATOR_NOTES,
  DENOMINATORS,
  NOTES,
  PLAN_DOCUMENTS,
  type PlanDocument,
} from "./plan-documents";
import { readJson } from "./source-files";

/** The local plan in which the national targets of 2030 were read again. */
const REPEATING_PLAN = "Kế hoạch của UBND huyện Sơn Dương thực hiện 108/KH-UBND ngày 03/6/2022";

const Target = z.strictObject({
  id: z.string(),
  scope: z.enum(["quoc_gia", "tinh", "huyen", "xa"]),
  place: z.string(),
  document: z.string(),
  document_date: z.string().optional(),
  target_year: z.int(),
  indicator: z.string(),
  operator: z.enum([">=", "is_true"]),
  value_pct: z.number(),
  denominator_vi: z.string(),
  area_variant: z.string().optional(),
  confidence: z.string(),
  source: z.string(),
  note: z.string().optional(),
});
type Target = z.infer<typeof Target>;

const HEADER: PlanFile["header"] = [
  "code",
  "indicator",
  "year",
  "operator",
  "valuePct",
  "denominator",
  "areaVariant",
  "areaText",
  "confidence",
  "source",
  "note",
];

/** A name without its kind and without regard to where the tone mark stands (Hòa, Hoà). */
function bare(name: string): string {
  return name
    .replace(/^(Thành phố|Thị trấn|Thị xã|Tỉnh|Huyện|Quận|Phường|Xã|TP) /, "")
    .replace(/ \(.*\)$/, "")
    .normalize("NFD")
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "")
    .normalize("NFC")
    .toLowerCase();
}

function only<Row>(rows: readonly Row[], place: string): Row {
  const [row, ...others] = rows;
  if (!row || others.length > 0) throw new Error(`${place}: ${rows.length} units of that name`);

  return row;
}

/** The key of the unit a place names; targets speak of units as they stood before 1/7/2025. */
function unitOf(target: Target, territory: TerritoryFile): string {
  const from = territory.recordStart;
  if (target.scope === "quoc_gia") return unitKey("NATION", territory.nation.code, from);

  const [provinceName = "", ...below] = target.place.split(", ").reverse();
  const province = only(
    territory.oldProvinces.rows.filter(([, name]) => bare(name) === bare(provinceName)),
    target.place,
  );
  const [districtName, communeName] = below;
  if (target.scope === "tinh" || !districtName) return unitKey("PROVINCE", province[0], from);

  const district = only(
    territory.oldDistricts.rows.filter(
      ([, name, , parent]) => parent === province[0] && bare(name) === bare(districtName),
    ),
    target.place,
  );
  if (target.scope === "huyen" || !communeName) return unitKey("DISTRICT", district[0], from);

  const commune = only(
    territory.oldCommunes.rows.filter(
      ([, name, , parent]) => parent === district[0] && bare(name) === bare(communeName),
    ),
    target.place,
  );
  return unitKey("COMMUNE", commune[0], from);
}

function row(target: Target, plan: PlanDocument): PlanFile["plans"][number]["targets"][number] {
  const indicator = INDICATORS.find((one) => one.sourceCode === target.indicator);
  const confidence = CONFIDENCES[target.confidence];
  if (!indicator || !confidence) throw new Error(`${target.id}: unknown indicator or confidence`);
  const note = target.note === undefined ? undefined : NOTES[target.note];
  if (target.note !== undefined && note === undefined) throw new Error(`${target.id}: note without wording`);
  const notes = [DENOMINATOR_NOTES[target.denominator_vi], confidence[1], note].filter(
    (text) => text !== undefined,
  );

  return [
    target.id,
    indicator.code,
    target.target_year,
    target.operator === ">=" ? "GTE" : "IS_TRUE",
    target.value_pct,
    DENOMINATORS[target.denominator_vi] ?? target.denominator_vi,
    target.area_variant === undefined ? null : SPECIALLY_DIFFICULT,
    target.area_variant ?? null,
    confidence[0],
    target.source.startsWith("seed ")
      ? (plan.paper ?? plan.document)
      : target.source.replace(/seed \S+/, REPEATING_PLAN),
    notes.length === 0 ? null : notes.join(". "),
  ];
}

/** Compiles the targets into plans, each with its unit found by name in the compiled territory. */
export function compilePlans(folder: string, territory: TerritoryFile): PlanFile {
  const { targets } = z.object({ targets: z.array(Target) }).parse(readJson(folder, "targets.json"));

  const plans = PLAN_DOCUMENTS.map((plan) => {
    const own = targets.filter(
      (target) => target.place === plan.place && target.document.startsWith(plan.source),
    );
    const [first] = own;
    if (!first) throw new Error(`${plan.code} has no targets`);
    const year = /(\d{4})$/.exec(first.document)?.[1];
    return {
      code: plan.code,
      unit: unitOf(first, territory),
      place: first.place.replace("TP Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
      document: plan.document,
      name: plan.name,
      issuedOn: first.document_date ?? (plan.source === "49/KH-UBND" ? (year ?? null) : null),
      periodFrom: plan.periodFrom,
      periodTo: plan.periodTo,
      targets: own.map((target) => row(target, plan)),
    };
  });

  const placed = plans.flatMap((plan) => plan.targets.map(([code]) => code));
  if (placed.length !== targets.length || new Set(placed).size !== targets.length) {
    throw new Error(`${targets.length} targets, ${placed.length} placed in plans`);
  }

  return PlanFile.parse({
    note: "Kế hoạch và chỉ tiêu. Mỗi dòng chỉ tiêu theo thứ tự của header; đơn vị ghi cấp:mã@ngày bắt đầu.",
    header: HEADER,
    plans,
  });
}
