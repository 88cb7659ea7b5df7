import { type PopulationShare, TerritoryFile } from "@/domain/territory/reference-file";
import { RECORD_START, TWO_TIER_START } from "@/domain/territory/territory";
import { cell, type Row, readCsv } from "./source-files";

const RENAMED_FROM = "2026-04-30";

const SHARES: Readonly<Record<string, PopulationShare>> = {
  full: "WHOLE",
  part: "PART",
  none: "NONE",
  unknown: "UNKNOWN",
};

/** Two wrong province codes in the official conversion table; the wrong commune codes are marked in the source itself. */
const PROVINCE_CORRECTIONS: TerritoryFile["corrections"]["rows"] = [
  ["Phường 4 (27691)", "province", "82", "80"],
  ["Xã Tiên Hải (30781)", "province", "89", "91"],
];

const TYPES = [
  "Thành phố",
  "Thị trấn",
  "Thị xã",
  "Đặc khu",
  "Phường",
  "Huyện",
  "Quận",
  "Tỉnh",
  "Xã",
] as const;

function typeOf(name: string): string {
  const type = TYPES.find((one) => name.startsWith(`${one} `));
  if (!type) throw new Error(`No type in the name ${name}`);

  return type;
}

function share(value: string): PopulationShare {
  const found = SHARES[value];
  if (!found) throw new Error(`Unknown share ${value}`);

  return found;
}

function areaShare(value: string): "WHOLE" | "PART" | "NONE" {
  const found = share(value);
  if (found === "UNKNOWN") throw new Error("Unknown area share");

  return found;
}

function byCode<T extends readonly [string, ...unknown[]]>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => a[0].localeCompare(b[0], "en"));
}

function group<T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);

  return groups;
}

/** The old district that gave a new commune most old communes: whole ones first, then parts, then the lowest code. */
function mainDistrict(rows: readonly Row[]): string {
  const weights = new Map<string, { whole: number; part: number; any: number }>();
  for (const row of rows) {
    const district = cell(row, "old_district_code");
    const weight = weights.get(district) ?? { whole: 0, part: 0, any: 0 };
    const population = share(cell(row, "population_share"));
    weight.whole += Number(population === "WHOLE");
    weight.part += Number(population === "PART");
    weight.any += 1;
    weights.set(district, weight);
  }
  const [first] = [...weights].sort(
    ([codeA, a], [codeB, b]) =>
      b.whole - a.whole || b.part - a.part || b.any - a.any || codeA.localeCompare(codeB, "en"),
  );
  if (!first) throw new Error("A new commune without origin");

  return first[0];
}

type Area = readonly [code: string, name: string, province: string, oldDistrict: string];

/**
 * "Huyện Sơn Dương" → "Khu vực Sơn Dương". Where two areas of a province would be called the same, the kind stays; where
 * two old provinces had a district of the same full name, the old province is added.
 */
function nameAreas(
  areas: readonly { district: Row; province: string }[],
  oldProvinces: readonly Row[],
): Area[] {
  const bare = (name: string) => name.slice(typeOf(name).length + 1);
  const withKind = (name: string) => `${typeOf(name).toLowerCase()} ${bare(name)}`;
  const candidates = areas.map(({ district, province }) => {
    const name = cell(district, "name");
    const old = oldProvinces.find((row) => cell(row, "old_code") === cell(district, "province_code"));
    const origin = bare(cell(old ?? {}, "old_name"));
    const short = /^\d/.test(bare(name)) ? withKind(name) : bare(name);
    return { district, province, names: [short, withKind(name), `${withKind(name)} (${origin})`] };
  });
  const isTaken = (province: string, at: number, name: string | undefined) =>
    candidates.filter((one) => one.province === province && one.names[at] === name).length > 1;

  return candidates.map(({ district, province, names }): Area => {
    const name = names.find((one, at) => !isTaken(province, at, one));
    if (name === undefined) throw new Error(`No name of its own: ${cell(district, "name")}`);
    return [`KV${cell(district, "code")}`, `Khu vực ${name}`, province, cell(district, "code")];
  });
}

/** Compiles the reference file of units (kinds are read off the names: the lists' own column has errors) from the five source tables. */
export function compileTerritory(folder: string): TerritoryFile {
  const oldCommunes = readCsv(folder, "admin/communes_before_20250701.csv");
  const newCommunes = readCsv(folder, "admin/communes_from_20250701.csv");
  const districts = readCsv(folder, "admin/districts_before_20250701.csv");
  const provinces = readCsv(folder, "admin/province_map_20250701.csv");
  const map = readCsv(folder, "admin/commune_map_20250701.csv");

  const originsOf = group(map, (row) => cell(row, "new_code"));
  const areaOf = new Map<string, string>();
  const provinceOfArea = new Map<string, string>();
  for (const commune of newCommunes) {
    const code = cell(commune, "code");
    const district = mainDistrict(originsOf.get(code) ?? []);
    const province = cell(commune, "province_code");
    const known = provinceOfArea.get(district) ?? province;
    if (known !== province) throw new Error(`District ${district} would serve two provinces`);
    areaOf.set(code, `KV${district}`);
    provinceOfArea.set(district, province);
  }
  const areas = districts.flatMap((district) => {
    const province = provinceOfArea.get(cell(district, "code"));
    return province ? [{ district, province }] : [];
  });

  const newProvinces = new Map(
    provinces.map((row) => [cell(row, "new_code"), cell(row, "new_name_20250701")] as const),
  );
  const renamedProvinces = new Map(
    provinces
      .filter((row) => cell(row, "new_name_20260430") !== cell(row, "new_name_20250701"))
      .map((row) => [cell(row, "new_code"), cell(row, "new_name_20260430")] as const),
  );

  return TerritoryFile.parse({
    note: "Đơn vị hành chính trước và từ ngày 1/7/2025: mã, tên, loại, cấp trên, thời hạn, kế thừa. Hiệu lực nửa mở.",
    recordStart: RECORD_START,
    reformDate: TWO_TIER_START,
    nation: { code: "VN", name: "Việt Nam" },
    oldProvinces: {
      header: ["code", "name", "type"],
      rows: byCode(
        provinces.map((row) => [cell(row, "old_code"), cell(row, "old_name"), typeOf(cell(row, "old_name"))]),
      ),
    },
    oldDistricts: {
      header: ["code", "name", "type", "province"],
      rows: byCode(
        districts.map((row) => [
          cell(row, "code"),
          cell(row, "name"),
          typeOf(cell(row, "name")),
          cell(row, "province_code"),
        ]),
      ),
    },
    oldCommunes: {
      header: ["code", "name", "type", "district"],
      rows: byCode(
        oldCommunes.map((row) => [
          cell(row, "code"),
          cell(row, "name"),
          typeOf(cell(row, "name")),
          cell(row, "district_code"),
        ]),
      ),
    },
    newProvinces: {
      header: ["code", "name", "type"],
      rows: byCode([...newProvinces].map(([code, name]) => [code, name, typeOf(name)])),
    },
    reviewAreas: {
      header: ["code", "name", "province", "oldDistrict"],
      rows: byCode(nameAreas(areas, provinces)),
    },
    newCommunes: {
      header: ["code", "name", "type", "province", "reviewArea"],
      rows: byCode(
        newCommunes.map((row) => [
          cell(row, "code"),
          cell(row, "name"),
          typeOf(cell(row, "name")),
          cell(row, "province_code"),
          areaOf.get(cell(row, "code")) ?? "",
        ]),
      ),
    },
    nameChanges: {
      header: ["level", "code", "name", "type", "from"],
      rows: [
        ...[...renamedProvinces].map(([code, name]) => ["PROVINCE", code, name, typeOf(name), RENAMED_FROM]),
        ...newCommunes
          .filter((row) => cell(row, "name_from_20260430_if_changed") !== "")
          .map((row) => {
            const name = cell(row, "name_from_20260430_if_changed");
            return ["COMMUNE", cell(row, "code"), name, typeOf(name), RENAMED_FROM];
          }),
      ],
    },
    provinceSuccessions: {
      header: ["old", "new"],
      rows: byCode(provinces.map((row) => [cell(row, "old_code"), cell(row, "new_code")])),
    },
    communeSuccessions: {
      header: ["old", "new", "population", "area"],
      rows: map
        .filter((row) => cell(row, "old_code") !== "")
        .map((row) => [
          cell(row, "old_code"),
          cell(row, "new_code"),
          share(cell(row, "population_share")),
          areaShare(cell(row, "area_share")),
        ])
        .sort((a, b) => a.join().localeCompare(b.join(), "en")),
    },
    districtSuccessions: {
      header: ["oldDistrict", "new", "population", "area", "note"],
      rows: map
        .filter((row) => cell(row, "old_code") === "")
        .map((row) => {
          const isWholeDistrict = cell(row, "old_name") === "";
          return [
            cell(row, "old_district_code"),
            cell(row, "new_code"),
            isWholeDistrict ? "WHOLE" : "NONE",
            isWholeDistrict ? "WHOLE" : "PART",
            isWholeDistrict ? cell(row, "note_vi") : cell(row, "old_name"),
          ];
        }),
    },
    corrections: {
      header: ["unit", "field", "printed", "right"],
      rows: [
        ...map
          .filter((row) => cell(row, "old_code_in_official_table_if_corrected") !== "")
          .map((row) => [
            `${cell(row, "old_name")} (${cell(row, "old_code")})`,
            "commune",
            cell(row, "old_code_in_official_table_if_corrected"),
            cell(row, "old_code"),
          ]),
        ...PROVINCE_CORRECTIONS,
      ],
    },
  });
}
