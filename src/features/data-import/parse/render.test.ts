import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import { IMPORT_TARGET_FIELDS } from "../fields";
import type { ImportField, RowFacts } from "../types";
import { readAsGuessed, sheetOf } from "./parse.examples";

vi.setConfig({ testTimeout: 60_000 });

describe("parse(render(row)) = row", () => {
  const LETTERS = ["Nguyễn", "Đặng", "Bàn", "Lý", "Thị", "Văn", "Hữu", "Hoà", "Quý", "Mỵ", "Ưởng"];
  const name = fc
    .array(fc.constantFrom(...LETTERS), { minLength: 2, maxLength: 4 })
    .map((parts) => parts.join(" "));
  const facts = fc.record({
    name,
    birthYear: fc.integer({ min: 1920, max: 2025 }),
    sex: fc.constantFrom("MALE", "FEMALE"),
    identityNumber: fc
      .record({
        province: fc.integer({ min: 1, max: 96 }),
        century: fc.integer({ min: 0, max: 3 }),
        rest: fc.integer({ min: 0, max: 99_999_999 }),
      })
      .map(
        ({ province, century, rest }) =>
          `${String(province).padStart(3, "0")}${century}${String(rest).padStart(8, "0")}`,
      ),
    variant: fc.constantFrom("FARMER", "WORKER", "OFFICIAL", "STUDENT"),
    isWorker: fc.boolean(),
    digitalSkill: fc.constantFrom("NONE", "HAS", "FLUENT"),
    registered: fc.boolean(),
  });
  type Facts = Required<
    Pick<
      RowFacts,
      "name" | "birthYear" | "sex" | "identityNumber" | "variant" | "isWorker" | "digitalSkill" | "registered"
    >
  >;

  const WRITTEN: { [Field in keyof Facts]: (value: Facts[Field], way: number) => ReadCell } = {
    name: (value, way) =>
      [value, value.toUpperCase(), `  ${value.replaceAll(" ", "   ")} `, value.normalize("NFD")][way] ??
      value,
    birthYear: (value, way) =>
      [value, String(value), `15/10/${value}`, { date: `${value}-08-19` }][way] ?? value,
    sex: (value, way) =>
      (value === "MALE" ? ["Nam", "nam", "NAM", "nam "] : ["Nữ", "nữ", "NỮ", "Nữ".normalize("NFD")])[way] ??
      null,
    identityNumber: (value, way) =>
      [value, Number(value), ` ${value}`, value.replace(/(\d{3})(?=\d)/g, "$1 ")][way] ?? value,
    variant: (value, way) =>
      ({
        FARMER: ["Nông dân", "nông nghiệp", "LÀM RUỘNG", "nong dan"],
        WORKER: ["Công nhân", "thợ xây", "Công nhân, thợ", "cong nhan"],
        OFFICIAL: ["Giáo viên", "cán bộ xã", "CÔNG CHỨC", "Cán bộ, viên chức, doanh nhân"],
        STUDENT: ["Học sinh", "sinh viên", "HSSV", "Học sinh, sinh viên"],
      })[value][way] ?? null,
    isWorker: (value, way) => (value ? ["x", "có", "✓", 1] : ["không", "0", "-", false])[way] ?? null,
    digitalSkill: (value, way) =>
      ({
        NONE: ["Chưa có", "không", "CHƯA", "chưa biết"],
        HAS: ["Có kỹ năng cơ bản", "có", "Cơ bản", "biết"],
        FLUENT: ["Thành thạo", "tốt", "THÀNH THẠO", "sử dụng thành thạo"],
      })[value][way] ?? null,
    registered: (value, way) =>
      (value ? ["X", "đăng ký", true, "v"] : ["ko", "chưa", 0, "Không đăng ký"])[way] ?? null,
  };
  const FIELDS: readonly (readonly [field: keyof Facts, column: ImportField])[] = [
    ["name", "name"],
    ["birthYear", "birthYear"],
    ["sex", "sex"],
    ["identityNumber", "identityNumber"],
    ["variant", "occupation"],
    ["isWorker", "isWorker"],
    ["digitalSkill", "digitalSkill"],
    ["registered", "registered"],
  ];
  const labelOf = (column: ImportField) =>
    IMPORT_TARGET_FIELDS.CITIZEN.find(({ field }) => field === column)?.label ?? "";

  function write<Field extends keyof Facts>(row: Facts, field: Field, way: number): ReadCell {
    return WRITTEN[field](row[field], way);
  }

  it("however each fact is written and wherever its column stands", async () => {
    const ways = fc.array(fc.nat(3), { minLength: FIELDS.length, maxLength: FIELDS.length });
    const order = fc.shuffledSubarray([...FIELDS.keys()], { minLength: FIELDS.length });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(facts, ways), { minLength: 1, maxLength: 8 }),
        order,
        async (rows, columns) => {
          const header = columns.map((at) => labelOf(FIELDS[at]?.[1] ?? "name"));
          const body = rows.map(([row, way]) =>
            columns.map((at) => write(row as Facts, FIELDS[at]?.[0] ?? "name", way[at] ?? 0)),
          );
          const read = await readAsGuessed(sheetOf([header, ...body], "Thôn Bờ Suối"), ["Thôn Bờ Suối"]);

          expect(read.rows.flatMap(({ problems }) => problems)).toEqual([]);
          expect(read.rows.map((row) => row.facts)).toEqual(
            rows.map(([row]) => ({ ...row, hamlet: "Thôn Bờ Suối" })),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
