import type { TerritoryFile } from "@/domain/territory/reference-file";
import { type UnitKey, type UnitLevel, unitKey } from "@/domain/territory/territory";

type Dates = Readonly<{ validFrom: string; validTo: string | null }>;
export type UnitRow = Dates &
  Readonly<{ key: UnitKey; level: UnitLevel; code: string; name: string; type: string }>;
export type NameRow = Dates & Readonly<{ key: UnitKey; name: string; type: string }>;
export type PlacementRow = Dates & Readonly<{ child: UnitKey; parent: UnitKey; kind: "TREE" | "SUCCESSION" }>;
export type SuccessionRow = Readonly<{
  old: UnitKey;
  next: UnitKey;
  population: "WHOLE" | "PART" | "NONE";
  note: string | null;
}>;

export type TerritoryRows = Readonly<{
  effectiveOn: string;
  units: readonly UnitRow[];
  names: readonly NameRow[];
  placements: readonly PlacementRow[];
  successions: readonly SuccessionRow[];
}>;

/** Where the people of an ended unit went: the new communes and, above them, areas and provinces. */
class Destinations {
  readonly communes = new Map<UnitKey, Set<string>>();

  add(old: UnitKey, commune: string): void {
    this.communes.set(old, (this.communes.get(old) ?? new Set()).add(commune));
  }

  of(old: UnitKey): readonly string[] {
    return [...(this.communes.get(old) ?? [])];
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/**
 * The rows of the territory tables. Besides the trees of both orders: every ended unit stands, from the reform on, under the
 * lowest new unit that took all of its people (commune, review area or province), so that old figures sum on the new map.
 */
export function territoryRows(file: TerritoryFile): TerritoryRows {
  const { recordStart, reformDate } = file;
  const old = (level: UnitLevel, code: string) => unitKey(level, code, recordStart);
  const next = (level: UnitLevel, code: string) => unitKey(level, code, reformDate);
  const nation = old("NATION", file.nation.code);
  const past: Dates = { validFrom: recordStart, validTo: reformDate };
  const present: Dates = { validFrom: reformDate, validTo: null };

  const units: UnitRow[] = [];
  const names: NameRow[] = [];
  const placements: PlacementRow[] = [];
  const successions: SuccessionRow[] = [];

  const add = (
    level: UnitLevel,
    code: string,
    label: readonly [string, string],
    dates: Dates,
    parent?: UnitKey,
  ) => {
    const key = unitKey(level, code, dates.validFrom);
    const change = file.nameChanges.rows.find(
      (row) => dates === present && row[0] === level && row[1] === code,
    );
    const [name, type] = label;
    units.push({ key, level, code, name: change?.[2] ?? name, type: change?.[3] ?? type, ...dates });
    names.push({ key, name, type, validFrom: dates.validFrom, validTo: change?.[4] ?? dates.validTo });
    if (change)
      names.push({ key, name: change[2], type: change[3], validFrom: change[4], validTo: dates.validTo });
    if (parent) placements.push({ child: key, parent, kind: "TREE", ...dates });
  };

  add("NATION", file.nation.code, [file.nation.name, "Quốc gia"], { validFrom: recordStart, validTo: null });
  for (const [code, name, type] of file.oldProvinces.rows) add("PROVINCE", code, [name, type], past, nation);
  for (const [code, name, type, province] of file.oldDistricts.rows) {
    add("DISTRICT", code, [name, type], past, old("PROVINCE", province));
  }
  for (const [code, name, type, district] of file.oldCommunes.rows) {
    add("COMMUNE", code, [name, type], past, old("DISTRICT", district));
  }
  for (const [code, name, type] of file.newProvinces.rows)
    add("PROVINCE", code, [name, type], present, nation);
  for (const [code, name, province] of file.reviewAreas.rows) {
    add("REVIEW_AREA", code, [name, "Khu vực thẩm định"], present, next("PROVINCE", province));
  }
  for (const [code, name, type, , area] of file.newCommunes.rows) {
    add("COMMUNE", code, [name, type], present, next("REVIEW_AREA", area));
  }

  const provinceOf = new Map(file.newCommunes.rows.map((row) => [row[0], row[3]]));
  const areaOf = new Map(file.newCommunes.rows.map((row) => [row[0], row[4]]));
  const districtOf = new Map(file.oldCommunes.rows.map((row) => [row[0], row[3]]));
  const went = new Destinations();

  const succeed = (key: UnitKey, commune: string, population: string, note: string | null) => {
    const isKnown = population === "WHOLE" || population === "NONE" || population === "PART";
    successions.push({
      old: key,
      next: next("COMMUNE", commune),
      population: isKnown ? population : "PART",
      note: isKnown ? note : "Nguồn không ghi rõ phần dân số",
    });
    if (population !== "NONE") went.add(key, commune);
  };
  for (const [from, to, population] of file.communeSuccessions.rows) {
    succeed(old("COMMUNE", from), to, population, null);
    if (population !== "NONE") went.add(old("DISTRICT", districtOf.get(from) ?? ""), to);
  }
  for (const [from, to, population, , note] of file.districtSuccessions.rows) {
    succeed(old("DISTRICT", from), to, population, note);
  }
  for (const [from, to] of file.provinceSuccessions.rows) {
    const keys = { old: old("PROVINCE", from), next: next("PROVINCE", to) };
    successions.push({ ...keys, population: "WHOLE", note: null });
    placements.push({ child: keys.old, parent: keys.next, kind: "SUCCESSION", ...present });
  }

  for (const key of went.communes.keys()) {
    const communes = went.of(key);
    const areas = distinct(communes.map((code) => areaOf.get(code) ?? ""));
    const provinces = distinct(communes.map((code) => provinceOf.get(code) ?? ""));
    const [commune, area, province] = [communes[0] ?? "", areas[0] ?? "", provinces[0] ?? ""];
    if (provinces.length !== 1) throw new Error(`${key} went to ${provinces.length} provinces`);
    const parent =
      communes.length === 1
        ? next("COMMUNE", commune)
        : areas.length === 1
          ? next("REVIEW_AREA", area)
          : next("PROVINCE", province);
    placements.push({ child: key, parent, kind: "SUCCESSION", ...present });
    if (!key.startsWith("DISTRICT:")) continue;
    for (const one of areas) {
      const population = areas.length === 1 ? "WHOLE" : "PART";
      successions.push({ old: key, next: next("REVIEW_AREA", one), population, note: null });
    }
  }

  return { effectiveOn: reformDate, units, names, placements, successions };
}
