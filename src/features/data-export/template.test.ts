import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { CITIZEN_VARIANTS, TITLE_CODES } from "@/domain/title/title";
import { lookInto } from "@/features/data-import/parse/look";
import { parseRows } from "@/features/data-import/parse/rows";
import type { ImportPlan, ParsedRow, RowFacts, SheetLook } from "@/features/data-import/types";
import {
  DIGITAL_SKILLS,
  HAMLET_KINDS,
  ORGANISATION_KINDS,
  ORGANISATION_LEVELS,
  POVERTY_LEVELS,
  SEXES,
} from "@/features/registry/constants";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { writeCsv } from "@/lib/spreadsheet/write-csv";
import { registryColumns } from "./columns";
import { templateSheets } from "./template";
import type { RegistryRecord } from "./types";

const HAMLETS = ["Thôn Bờ Suối", "Thôn Đầm Hồng", "Tổ dân phố 2"];
const CLANS = ["Dòng họ Hoàng", "Dòng họ Nguyễn thôn Vực Trầu"];
const ORGANISATIONS = ["Trạm Y tế xã Tân Trào", "Trường Tiểu học Tân Trào"];
const PEOPLE = ["Nguyễn Văn An", "Hoàng Thị Ngọc Ánh", "Lò Văn Ơn", "Đặng Thị Út", "Ma Thị Hường"];

const person = fc.constantFrom(...PEOPLE);
const number = fc.integer({ min: 1, max: 999_999 }).map(String);
const year = fc.integer({ min: 1930, max: 2024 });
const bool = fc.boolean();

/** Records as the register holds them, of one title. */
function records(title: TitleCode): fc.Arbitrary<RegistryRecord[]> {
  const base = {
    number,
    name: person,
    unitName: fc.constantFrom(...HAMLETS),
    communeName: fc.constant("Xã Thử"),
    activeFrom: fc.constant("2023-01-01"),
    activeTo: fc.constant(null),
    closeReason: fc.constant(null),
    assessmentId: fc.constant(null),
    state: fc.constantFrom(null, "REGISTERED" as const, "DRAFT" as const),
    isComplete: bool,
    total: fc.constantFrom(null, 72.5, 100),
    classification: fc.constant(null),
    criteriaSetId: fc.constant(null),
  };
  const details: Record<TitleCode, fc.Arbitrary<Partial<RegistryRecord>>> = {
    FAMILY: fc.record({
      headBirthYear: fc.option(year),
      address: fc.constantFrom("", "Số 5, ngõ 2", "Đội 3"),
      isAssociationMember: bool,
      clanName: fc.option(fc.constantFrom(...CLANS)),
      poverty: fc.constantFrom(...POVERTY_LEVELS),
      hasSchoolAgeChildren: bool,
    }),
    CITIZEN: fc.record({
      birthYear: year,
      sex: fc.constantFrom(...SEXES),
      householdNumber: fc.option(number),
      householdName: fc.option(person),
      variant: fc.constantFrom(...CITIZEN_VARIANTS),
      isWorker: bool,
      organisationName: fc.option(fc.constantFrom(...ORGANISATIONS)),
      digitalSkill: fc.constantFrom(...DIGITAL_SKILLS),
      hasIdentity: bool,
    }),
    CLAN: fc.record({
      name: fc.constantFrom(...CLANS),
      headName: fc.oneof(fc.constant(""), person),
      isPromotion: bool,
    }),
    ORGANISATION: fc.record({
      name: fc.constantFrom(...ORGANISATIONS),
      organisationKind: fc.constantFrom(...ORGANISATION_KINDS),
      organisationLevel: fc.constantFrom(...ORGANISATION_LEVELS),
    }),
    COMMUNITY: fc.record({
      name: fc.constantFrom(...HAMLETS),
      hamletKind: fc.constantFrom(...HAMLET_KINDS),
      isSpeciallyDifficult: bool,
    }),
  };
  const one = fc
    .tuple(fc.record(base), details[title])
    .map(([plain, own]): RegistryRecord => ({ ...plain, ...own }));

  return fc.array(one, { minLength: 1, maxLength: 12 });
}

/** What an import must understand of a record: what is known of it, and nothing else. */
function factsOf(title: TitleCode, record: RegistryRecord, hasRegistration: boolean): RowFacts {
  const known = {
    code: entryCode(title, BigInt(record.number)),
    name: record.name,
    ...(title === "ORGANISATION" || title === "COMMUNITY" ? {} : { hamlet: record.unitName }),
    headBirthYear: record.headBirthYear,
    address: record.address,
    isAssociationMember: record.isAssociationMember,
    clan: record.clanName,
    poverty: record.poverty,
    hasSchoolAgeChildren: record.hasSchoolAgeChildren,
    birthYear: record.birthYear,
    sex: record.sex,
    household: record.householdNumber && entryCode("FAMILY", BigInt(record.householdNumber)),
    variant: record.variant,
    isWorker: record.isWorker,
    organisation: record.organisationName,
    digitalSkill: record.digitalSkill,
    headName: record.headName,
    isPromotion: record.isPromotion,
    organisationKind: record.organisationKind,
    organisationLevel: record.organisationLevel,
    hamletKind: record.hamletKind,
    isSpeciallyDifficult: record.isSpeciallyDifficult,
    registered: hasRegistration && record.state !== null ? true : undefined,
  };

  return Object.fromEntries(
    Object.entries(known).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  ) as RowFacts;
}

describe("what is taken out is taken in as the same", { timeout: 60_000 }, () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hieu-hoc-export-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Looks into a file and reads it by nothing but the guesses. */
  async function readBack(bytes: Readable, name: string): Promise<{ looks: SheetLook[]; rows: ParsedRow[] }> {
    const file = path.join(folder, name);
    await pipeline(bytes, createWriteStream(file));
    const spreadsheet = await openSpreadsheet(file, { fileName: name });
    try {
      const looks = await lookInto(spreadsheet, {
        communeHamlets: HAMLETS.map((hamlet) => ({ name: hamlet })),
      });
      const sheets = looks.flatMap(({ sheet, isHidden, target, headerRow, columns, hamletText }) =>
        target === null || headerRow === null || isHidden
          ? []
          : [
              {
                sheet,
                target,
                headerRow,
                hamletText,
                columns: columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }])),
              },
            ],
      );
      const plan: ImportPlan = {
        year: 2025,
        sheets,
        policy: "UPDATE",
        hamlets: {},
        takeRegistrations: true,
        takeResults: false,
      };
      const rows: ParsedRow[] = [];
      for await (const row of parseRows(spreadsheet, plan, { currentYear: 2026 })) rows.push(row);

      return { looks, rows };
    } finally {
      await spreadsheet.close();
    }
  }

  it("the template with a commune's entries, every register", async () => {
    await fc.assert(
      fc.asyncProperty(
        records("FAMILY"),
        records("CITIZEN"),
        records("CLAN"),
        records("ORGANISATION"),
        records("COMMUNITY"),
        async (FAMILY, CITIZEN, CLAN, ORGANISATION, COMMUNITY) => {
          const all: Record<TitleCode, RegistryRecord[]> = { FAMILY, CITIZEN, CLAN, ORGANISATION, COMMUNITY };
          const sheets = templateSheets({
            communeName: "Xã Thử",
            year: 2025,
            choices: { hamlets: HAMLETS, clans: CLANS, organisations: ORGANISATIONS },
            records: async function* (title) {
              yield* all[title];
            },
          });
          const { rows } = await readBack(writeWorkbook({ sheets }), "mau.xlsx");

          expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
          for (const title of TITLE_CODES) {
            const own = rows.filter(({ target }) => target === title).map(({ facts }) => facts);
            expect(own).toEqual(all[title].map((record) => factsOf(title, record, true)));
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it.each(TITLE_CODES)("a list of %s, as .xlsx and as CSV", async (title) => {
    const columns = registryColumns(
      title,
      { year: 2025, isAboveCommune: false, isClosed: false, showsIdentity: true },
      () => "Đạt",
    );
    await fc.assert(
      fc.asyncProperty(records(title), async (list) => {
        const cells = list.map((record) => columns.map(({ value }) => value(record)));
        const expected = list.map((record) => factsOf(title, record, false));
        for (const [bytes, name] of [
          [writeWorkbook({ sheets: [{ name: "Danh sách", columns, rows: cells }] }), "ds.xlsx"],
          [writeCsv({ columns, rows: cells }), "ds.csv"],
        ] as const) {
          const { rows } = await readBack(bytes, name);

          expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
          expect(rows.map(({ facts }) => facts)).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("the empty template maps every column of every register by itself, and nothing of its guide", async () => {
    const sheets = templateSheets({
      communeName: "Xã Thử",
      year: 2025,
      choices: { hamlets: HAMLETS, clans: CLANS, organisations: ORGANISATIONS },
    });
    const { looks, rows } = await readBack(writeWorkbook({ sheets }), "trong.xlsx");

    expect(rows).toEqual([]);
    expect(looks.find(({ sheet }) => sheet === "Hướng dẫn")?.target).toBeNull();
    const targets = looks.filter(({ target, isHidden }) => target !== null && !isHidden);
    expect(targets.map(({ sheet, target }) => [sheet, target])).toEqual([
      ["Thôn", "COMMUNITY"],
      ["Dòng họ", "CLAN"],
      ["Đơn vị", "ORGANISATION"],
      ["Hộ gia đình", "FAMILY"],
      ["Công dân", "CITIZEN"],
    ]);
    for (const { columns } of targets) expect(columns.filter(({ field }) => field === null)).toEqual([]);
  });
});
