import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { ReadCell } from "@/lib/spreadsheet/spreadsheet";
import { IMPORT_TARGET_FIELDS } from "../fields";
import type { ImportTarget } from "../types";
import { guessTarget } from "./guess";
import { headerFingerprint, headerKeys, lookInto } from "./look";
import { readAsGuessed, sheetOf } from "./parse.examples";
import { toKey } from "./text";

vi.setConfig({ testTimeout: 60_000 });

const factsOf = async (rows: ReadCell[][], sheet?: string, hamlets?: string[]) =>
  (await readAsGuessed(sheetOf(rows, sheet), hamlets)).rows.map(({ facts }) => facts);

describe("what is no row of data", () => {
  const HEADER = ["TT", "Họ và tên chủ hộ", "Năm sinh", "Đăng ký"];

  it("numbered columns, headers printed again, sums, dates and signatures", async () => {
    const facts = await factsOf([
      ["HỘI KHUYẾN HỌC XÃ A", null, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
      ["Danh sách hộ gia đình thôn Bờ Suối năm 2024"],
      HEADER,
      ["(1)", "(2)", "(3)", "(4)"],
      [1, "Công Thị Nga", 1960, "x"],
      HEADER,
      [2, "Tống Văn Nam", "1970", "x"],
      [3, null, null, null],
      [null, "Cộng trang 1", null, 2],
      [null, "TỔNG CỘNG", null, 2],
      [null, null, null, "Bờ Suối, ngày 12 tháng 11 năm 2024"],
      [null, "NGƯỜI LẬP BIỂU", null, "CHỦ TỊCH"],
      [null, "(Ký, ghi rõ họ tên)"],
      [null, "Bùi Văn Ký", null, "Lê Thị Đóng"],
    ]);

    expect(facts).toEqual([
      { name: "Công Thị Nga", headBirthYear: 1960, registered: true, hamlet: "Thôn Bờ Suối" },
      { name: "Tống Văn Nam", headBirthYear: 1970, registered: true, hamlet: "Thôn Bờ Suối" },
    ]);
  });

  it("sections by hamlet, with or without the word, with their counts", async () => {
    const facts = await factsOf([
      HEADER,
      ["I", "Thôn Bờ Suối (2 hộ)", null, 2],
      [1, "Bàn Văn An", 1960, "x"],
      ["II", "GỐC ĐA"],
      [1, "Bàn Văn Bình", 1961, null],
      ["III", "Hộ đăng ký bổ sung"],
      [2, "Bàn Văn Cư", 1962, null],
    ]);

    expect(facts.map(({ name, hamlet }) => [name, hamlet])).toEqual([
      ["Bàn Văn An", "Thôn Bờ Suối"],
      ["Bàn Văn Bình", "Gốc Đa"],
      ["Bàn Văn Cư", "Gốc Đa"],
    ]);
  });

  it("a row that lacks its name is a row with a problem", async () => {
    const { rows } = await readAsGuessed(
      sheetOf([
        [...HEADER, "Thôn"],
        [1, null, 1960, "x", "Thôn A"],
      ]),
    );

    expect(rows[0]?.problems).toEqual([{ field: "name", column: 1, code: "NAME_MISSING" }]);
  });

  it("a formula without a result is a problem of its cell", async () => {
    const { rows } = await readAsGuessed(
      sheetOf([
        [...HEADER, "Thôn"],
        [1, "An Văn A", { error: "#N/A" }, "x", "Thôn A"],
      ]),
    );

    expect(rows[0]?.problems).toEqual([{ field: "headBirthYear", column: 2, code: "FORMULA_ERROR" }]);
  });
});

describe("what the columns mean together", () => {
  it("years under Nam and Nữ give the sex, marks under a choice the choice", async () => {
    const facts = await factsOf([
      ["STT", "Họ và tên", "Năm sinh", null, "Nghề nghiệp", null, "Thôn"],
      [null, null, "Nam", "Nữ", "Nông dân", "Công nhân", null],
      [1, "Ma Văn A", 1960, null, "x", null, "Thôn A"],
      [2, "Ma Thị B", null, "1962", null, "x", "Thôn A"],
    ]);

    expect(facts).toMatchObject([
      { birthYear: 1960, sex: "MALE", variant: "FARMER" },
      { birthYear: 1962, sex: "FEMALE" },
    ]);
  });

  it("poor and near-poor in two columns of marks", async () => {
    const facts = await factsOf([
      ["Họ tên chủ hộ", "Hộ nghèo", "Hộ cận nghèo", "Thôn"],
      ["Ma Văn A", "x", null, "A"],
      ["Ma Văn B", null, "x", "A"],
      ["Ma Văn C", "không", "không", "A"],
      ["Ma Văn D", null, null, "A"],
    ]);

    expect(facts.map(({ poverty }) => poverty)).toEqual(["POOR", "NEAR_POOR", "NONE", undefined]);
  });

  it("households numbered on their first row, or told apart by their heads", async () => {
    const people = (number: boolean): ReadCell[][] => [
      ["Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Giới tính", "Thôn", ...(number ? ["Hộ số"] : [])],
      ["Ma Văn A", "Chủ hộ", 1960, "Nam", "A", ...(number ? [1] : [])],
      ["Ma Thị B", "vợ", 1962, "Nữ", "A"],
      ["Lý Văn C", "Chủ hộ", 1970, "Nam", "A", ...(number ? [2] : [])],
      ["Lý Văn D", "con", 1999, "Nam", "A"],
    ];
    const numbersOf = async (number: boolean) =>
      (await factsOf(people(number))).map((one) => one.householdNumber);

    expect(await numbersOf(true)).toEqual(["1", "1", "2", "2"]);
    expect(await numbersOf(false)).toEqual(["#1.2", "#1.2", "#1.4", "#1.4"]);
  });

  it("a cell merged over rows counts for each of them", async () => {
    const rows: ReadCell[][] = [
      ["Họ tên chủ hộ", "Năm sinh", "Thôn"],
      ["Ma Văn A", 1960, "Thôn Một"],
      ["Ma Văn B", 1961, null],
      ["Ma Văn C", 1962, null],
    ];
    const merged = {
      ...sheetOf(rows),
      merges: async () => [{ firstRow: 2, lastRow: 3, firstColumn: 2, lastColumn: 2 }],
    };
    const read = await readAsGuessed(merged);

    expect(read.rows.map(({ facts }) => facts.hamlet)).toEqual(["Thôn Một", "Thôn Một", undefined]);
  });

  it("a row with a code leaves out what it does not change", async () => {
    const { rows } = await readAsGuessed(
      sheetOf([
        ["Mã", "Họ và tên", "Năm sinh", "Giới tính", "Thôn"],
        ["CD 12", null, null, "Nữ", null],
      ]),
    );

    expect(rows).toMatchObject([{ facts: { code: "CD12", sex: "FEMALE" }, problems: [] }]);
  });
});

describe("guesses", () => {
  it.each(Object.keys(IMPORT_TARGET_FIELDS) as ImportTarget[])(
    "our own template of %s maps by itself",
    (target) => {
      const definitions = IMPORT_TARGET_FIELDS[target];
      const headers = definitions.map(({ label }) => ({ text: label, bottom: label }));
      const guess = guessTarget(headers, "");

      expect(guess?.target).toBe(target);
      expect(guess?.fields).toEqual(definitions.map(({ field }) => field));
    },
  );

  it("stay the same when the columns change places", () => {
    const HEADERS = [
      "STT",
      "Hộ số",
      "Họ tên",
      "Quan hệ với chủ hộ",
      "Ngày sinh",
      "Giới tính",
      "Số CCCD",
      "Nghề nghiệp",
      "Nơi làm việc",
      "Ghi chú",
      "Số điện thoại",
      "Họ và tên",
    ];
    const fieldsOf = (order: readonly string[]) => {
      const guess = guessTarget(
        order.map((text) => ({ text, bottom: text })),
        "",
      );

      return Object.fromEntries(order.map((text, at) => [text, guess?.fields[at] ?? null]));
    };
    const expected = fieldsOf(HEADERS);

    fc.assert(
      fc.property(fc.shuffledSubarray(HEADERS, { minLength: HEADERS.length }), (order) => {
        expect(fieldsOf(order)).toEqual(expected);
      }),
    );
  });

  it("are given way by what the commune chose before, in any order of the columns", async () => {
    const header = ["Người", "Năm", "Chỗ"];
    const columns = header.map((text) => ({ header: text }));
    const spreadsheet = sheetOf([[...header, "Họ và tên chủ hộ"].reverse(), ["Ma Văn A", "x", 1960, "y"]]);
    const all = [...columns, { header: "Họ và tên chủ hộ" }];
    const remembered = {
      [headerFingerprint(all)]: {
        target: "FAMILY" as const,
        fields: {
          [headerKeys(columns)[1] ?? ""]: "headBirthYear" as const,
          [toKey("Họ và tên chủ hộ")]: "name" as const,
          nguoi: "birthYear" as const,
        },
      },
    };
    const [look] = await lookInto(spreadsheet, { communeHamlets: [], remembered });

    expect(look?.columns.map(({ field }) => field)).toEqual(["name", null, "headBirthYear", null]);
  });

  it("leave a sheet without a list alone", async () => {
    const looks = await lookInto(sheetOf([["Hướng dẫn"], ["Đọc kỹ trước khi điền", "a"]]), {
      communeHamlets: [],
    });

    expect(looks).toMatchObject([{ headerRow: null, target: null, columns: [] }]);
  });
});

describe("any content", () => {
  const anyCell = fc.oneof(
    fc.constant(null),
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.string({ maxLength: 400 }),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.date({ noInvalidDate: true }).map((date) => ({ date: date.toISOString().slice(0, 10) })),
    fc.constant({ error: "#REF!" }),
    fc.constantFrom("Thôn", "Tổng cộng", "I", "x", "Nam", "Họ và tên", "TM. UBND"),
  );

  it("is read without a throw, each row once and in order", async () => {
    const header = IMPORT_TARGET_FIELDS.CITIZEN.map(({ label }) => label);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyCell, { maxLength: 16 }), { maxLength: 12 }),
        fc.boolean(),
        async (rows, hasHeader) => {
          const read = await readAsGuessed(sheetOf(hasHeader ? [header, ...rows] : rows), ["Thôn A"]);
          const numbers = read.rows.map(({ rowNumber }) => rowNumber);

          expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
          for (const { facts, problems } of read.rows) {
            expect(Object.values(facts)).not.toContain(undefined);
            expect(problems.every(({ field }) => field in facts)).toBe(problems.length === 0);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
