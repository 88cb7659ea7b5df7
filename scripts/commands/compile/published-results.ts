import { z } from "zod";
import type { PublishedResult } from "@/domain/published/published-result";
import { PUBLISHED_HEADER, PublishedModel } from "@/domain/published/published-result";
import { recomputed } from "@/domain/published/traps";
import type { TerritoryFile } from "@/domain/territory/reference-file";
import { unitKey } from "@/domain/territory/territory";
import { PUBLISHED_BASES, remarkOf, SOURCE_WORDS } from "./published-notes";
import type { Row } from "./source-files";
import { cell, readCsv } from "./source-files";

const LEVELS = {
  quoc_gia: "NATION",
  vung: "REGION",
  tinh: "PROVINCE",
  huyen: "DISTRICT",
  xa: "COMMUNE",
} as const;
const Level = z.enum(Object.keys(LEVELS) as [keyof typeof LEVELS, ...(keyof typeof LEVELS)[]]);

const PLACE_WORDS: Readonly<Record<string, string>> = {
  "one province (9 months 2025)": "Một tỉnh (nguồn không nêu tên)",
  "9 Tây Bắc provinces": "9 tỉnh Tây Bắc",
  "unclear city (student project SQL dump)": "Một thành phố (không rõ)",
  "Hải Dương (pilot 9 xã)": "Hải Dương (thí điểm 9 xã)",
  "Quảng Nam (pilot)": "Quảng Nam (thí điểm)",
};

type Period = Pick<PublishedResult, "period" | "periodKind" | "periodFrom" | "periodTo"> & {
  lastDay: string | null;
};

function periodOf(text: string): Period {
  const [, from, to] = /^(\d{4})-(\d{4})$/.exec(text) ?? [];
  if (from && to) {
    return {
      period: `${from}–${to}`,
      periodKind: "YEARS",
      periodFrom: Number(from),
      periodTo: Number(to),
      lastDay: `${to}-12-31`,
    };
  }
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (year && month) {
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);

    return {
      period: `đến tháng ${Number(month)}/${year}`,
      periodKind: "PART_YEAR",
      periodFrom: Number(year),
      periodTo: Number(year),
      lastDay: last,
    };
  }
  const [, until] = /^to (\d{4})$/.exec(text) ?? [];
  if (until) {
    return {
      period: `đến ${until}`,
      periodKind: "UP_TO",
      periodFrom: null,
      periodTo: Number(until),
      lastDay: `${until}-12-31`,
    };
  }
  if (/^\d{4}$/.test(text)) {
    return {
      period: text,
      periodKind: "YEAR",
      periodFrom: Number(text),
      periodTo: Number(text),
      lastDay: `${text}-12-31`,
    };
  }
  if (text !== "not recorded") throw new Error(`unknown period ${text}`);

  return { period: "không ghi", periodKind: "UNKNOWN", periodFrom: null, periodTo: null, lastDay: null };
}

/** A name without its kind; the kind is kept apart where the source gives it ("TP Hòa Bình"). */
const bare = (name: string) =>
  name
    .replace(/^(Thành phố|Thị trấn|Thị xã|Đặc khu|Tỉnh|Huyện|Quận|Phường|Xã|TP) /, "")
    .normalize("NFD")
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "")
    .normalize("NFC")
    .toLowerCase();

type Candidate = Readonly<{ key: string; name: string; province: string; from: string; to: string | null }>;

/** All units of a level with the bare name of their province, on both maps. */
function candidates(level: "PROVINCE" | "DISTRICT" | "COMMUNE", file: TerritoryFile): Candidate[] {
  const old = { from: file.recordStart, to: file.reformDate };
  const now = { from: file.reformDate, to: null };
  const oldProvinces = new Map(file.oldProvinces.rows.map(([code, name]) => [code, name]));
  const newProvinces = new Map(file.newProvinces.rows.map(([code, name]) => [code, name]));
  const districts = new Map(file.oldDistricts.rows.map(([code, , , parent]) => [code, parent]));
  const one = (era: typeof old | typeof now, code: string, name: string, province = ""): Candidate => ({
    ...era,
    key: unitKey(level, code, era.from),
    name,
    province: bare(province),
  });

  if (level === "PROVINCE") {
    return [
      ...file.oldProvinces.rows.map(([code, name]) => one(old, code, name, name)),
      ...file.newProvinces.rows.map(([code, name]) => one(now, code, name, name)),
    ];
  }
  if (level === "DISTRICT")
    return file.oldDistricts.rows.map(([code, name, , parent]) =>
      one(old, code, name, oldProvinces.get(parent)),
    );

  return [
    ...file.oldCommunes.rows.map(([code, name, , parent]) =>
      one(old, code, name, oldProvinces.get(districts.get(parent) ?? "")),
    ),
    ...file.newCommunes.rows.map(([code, name, , parent]) => one(now, code, name, newProvinces.get(parent))),
  ];
}

/** The one unit a place was on the last day of its period, or why there is none. */
function tieOf(
  row: Row,
  level: PublishedResult["level"],
  lastDay: string | null,
  file: TerritoryFile,
): Pick<PublishedResult, "unit" | "unitTie"> {
  const place = cell(row, "place");
  if (level === "REGION") return { unit: null, unitTie: "REGION" };
  if (level === "NATION")
    return { unit: unitKey("NATION", file.nation.code, file.recordStart), unitTie: "TIED" };
  if (/pilot/.test(place)) return { unit: null, unitTie: "PART" };
  if (/^(one province|unclear city)/.test(place)) return { unit: null, unitTie: "UNNAMED" };

  const named = candidates(level, file).filter(
    ({ name, province }) =>
      bare(name) === bare(place) && province === bare(cell(row, "province_before_2025")),
  );
  const standing = named.filter(
    ({ from, to }) => lastDay === null || (from <= lastDay && (to === null || to > lastDay)),
  );
  const [unit, ...others] = standing;
  if (unit)
    return others.length > 0 ? { unit: null, unitTie: "AMBIGUOUS" } : { unit: unit.key, unitTie: "TIED" };
  if (named.length === 0) throw new Error(`${place}: no unit of that name`);

  return { unit: null, unitTie: "ENDED" };
}

const numberOf = (text: string) => (text === "" ? null : z.coerce.number().parse(text));

/** What the table says it recomputed must be what the rules compute. */
function checkShares(row: Row, result: PublishedResult): void {
  const { ofTotal, ofRegistered } = recomputed(result);
  for (const [column, ours] of [
    ["recognised_over_total_pct", ofTotal],
    ["recognised_over_registered_pct", ofRegistered],
  ] as const) {
    const theirs = numberOf(cell(row, column));
    if (theirs === null ? ours !== null : ours === null || Math.abs(theirs - ours) > 0.005_01)
      throw new Error(`published result ${result.no}: ${column} ${theirs}, computed ${ours}`);
  }
}

function compileRow(row: Row, territory: TerritoryFile): PublishedResult {
  const no = Number(cell(row, "row"));
  const level = LEVELS[Level.parse(cell(row, "level"))];
  const { lastDay, ...period } = periodOf(cell(row, "period"));
  const remark = remarkOf(no, cell(row, "note"));
  const base = PUBLISHED_BASES[cell(row, "denominator_published")];
  if (!base) throw new Error(`published result ${no}: unknown denominator`);
  const rate = cell(row, "rate_published_pct");
  const province = cell(row, "province_before_2025");
  const place = cell(row, "place");
  const notes = [remark.note, base.note].filter((text) => text);
  const source = cell(row, "source");

  const result: PublishedResult = {
    no,
    place: PLACE_WORDS[place] ?? place,
    level,
    province: /^(not recorded|\(.*\)|)$/.test(province) ? null : province,
    ...tieOf(row, level, lastDay, territory),
    ...period,
    model: PublishedModel.parse(cell(row, "model")),
    population: remark.population ?? null,
    total: numberOf(cell(row, "total")),
    registered: numberOf(cell(row, "registered")),
    recognised: numberOf(cell(row, "recognised")),
    ratePublished: numberOf(rate),
    rateDecimals: rate === "" ? null : (rate.split(".")[1]?.length ?? 0),
    denominatorPublished: base.code,
    registeredShare: remark.registeredShare ?? null,
    approximate: remark.approximate ?? null,
    isOlderTitle: remark.isOlderTitle ?? false,
    isModelInferred: remark.isModelInferred ?? false,
    note: notes.length === 0 ? null : notes.join(". "),
    confidence: z.enum(["source", "low"]).parse(cell(row, "confidence")) === "low" ? "LOW" : "SOURCE",
    source: SOURCE_WORDS[source] ?? source,
  };
  checkShares(row, result);

  return result;
}

/** Compiles the published results: numbers as printed, places tied to units of the map of their time. */
export function compilePublishedResults(folder: string, territory: TerritoryFile) {
  const results = readCsv(folder, "results.csv").map((row) => compileRow(row, territory));

  return {
    note: "Kết quả do địa phương và báo chí công bố, số giữ nguyên như nguồn. Mỗi dòng theo thứ tự của header; đơn vị ghi cấp:mã@ngày bắt đầu.",
    header: PUBLISHED_HEADER,
    rows: results.map((result) => PUBLISHED_HEADER.map((column) => result[column])),
  };
}
