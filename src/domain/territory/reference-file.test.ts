import { describe, expect, it } from "vitest";
import { readTerritory } from "../../../prisma/reference/read-reference";

const territory = readTerritory();
const codes = (rows: readonly (readonly [string, ...unknown[]])[]) => new Set(rows.map(([code]) => code));

describe("reference units", () => {
  it("are 63, 696 and 10,035 before and 34 and 3,321 from 1/7/2025, each code once", () => {
    const sizes = (
      ["oldProvinces", "oldDistricts", "oldCommunes", "newProvinces", "newCommunes"] as const
    ).map((table) => [territory[table].rows.length, codes(territory[table].rows).size]);
    expect(sizes).toEqual([
      [63, 63],
      [696, 696],
      [10_035, 10_035],
      [34, 34],
      [3_321, 3_321],
    ]);
  });

  it("stand under parents that exist", () => {
    const oldProvinces = codes(territory.oldProvinces.rows);
    const districts = codes(territory.oldDistricts.rows);
    const newProvinces = codes(territory.newProvinces.rows);
    const areas = new Map(territory.reviewAreas.rows.map(([code, , province]) => [code, province]));
    expect(territory.oldDistricts.rows.every(([, , , province]) => oldProvinces.has(province))).toBe(true);
    expect(territory.oldCommunes.rows.every(([, , , district]) => districts.has(district))).toBe(true);
    expect(territory.reviewAreas.rows.every(([, , province]) => newProvinces.has(province))).toBe(true);
    expect(territory.newCommunes.rows.every(([, , , province, area]) => areas.get(area) === province)).toBe(
      true,
    );
  });

  it("are named in NFC with their kind first, and once each inside a new province", () => {
    const { oldProvinces, oldDistricts, oldCommunes, newProvinces, newCommunes } = territory;
    const all = [oldProvinces, oldDistricts, oldCommunes, newProvinces, newCommunes].flatMap(
      (table): (readonly [string, string, string, ...string[]])[] => table.rows,
    );
    expect(all.every(([, name, type]) => name === name.normalize("NFC") && name.startsWith(`${type} `))).toBe(
      true,
    );
    const names = newCommunes.rows.map(([, name, , province]) => `${province} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it("count 2,621 xã, 687 phường and 13 đặc khu in the new order", () => {
    const count = (type: string) => territory.newCommunes.rows.filter((row) => row[2] === type).length;
    expect(["Xã", "Phường", "Đặc khu"].map(count)).toEqual([2_621, 687, 13]);
  });
});

describe("succession", () => {
  const newCodes = codes(territory.newCommunes.rows);
  const bySource = new Map<string, string[]>();
  for (const [old, , population] of territory.communeSuccessions.rows) {
    bySource.set(old, [...(bySource.get(old) ?? []), population]);
  }

  it("leads from every old commune to new ones: 9,653 whole and 382 split by population", () => {
    expect(bySource.size).toBe(10_035);
    const whole = [...bySource.values()].filter((shares) => shares.includes("WHOLE"));
    expect(whole).toHaveLength(9_653);
    expect(bySource.size - whole.length).toBe(382);
    expect(whole.every((shares) => shares.filter((share) => share !== "NONE").length === 1)).toBe(true);
  });

  it("reaches every new commune, five of them from island districts", () => {
    const reached = new Set(territory.communeSuccessions.rows.map((row) => row[1]));
    const islands = territory.districtSuccessions.rows
      .filter((row) => row[2] === "WHOLE")
      .map((row) => row[1]);
    expect(islands).toEqual(["11948", "19742", "20333", "21548", "26732"]);
    expect([...newCodes].filter((code) => !reached.has(code)).sort()).toEqual(islands);
    expect(territory.communeSuccessions.rows.length + territory.districtSuccessions.rows.length).toBe(10_571);
  });

  it("never crosses provinces", () => {
    const provinceOfDistrict = new Map(territory.oldDistricts.rows.map((row) => [row[0], row[3]]));
    const provinceOfOld = new Map(
      territory.oldCommunes.rows.map((row) => [row[0], provinceOfDistrict.get(row[3])]),
    );
    const provinceOfNew = new Map(territory.newCommunes.rows.map((row) => [row[0], row[3]]));
    const successor = new Map(territory.provinceSuccessions.rows);
    for (const [old, next] of territory.communeSuccessions.rows) {
      expect(successor.get(provinceOfOld.get(old) ?? "")).toBe(provinceOfNew.get(next));
    }
  });

  it("keeps the five corrections of the official table", () => {
    expect(territory.corrections.rows.map((row) => row[3])).toEqual(["00556", "01651", "02482", "80", "91"]);
  });
});

describe("names with dates", () => {
  it("know the changes of 30/4/2026", () => {
    const { rows } = territory.nameChanges;
    expect(rows).toContainEqual(["PROVINCE", "75", "Thành phố Đồng Nai", "Thành phố", "2026-04-30"]);
    const communes = rows.filter((row) => row[0] === "COMMUNE");
    expect(communes).toHaveLength(10);
    expect(communes.every((row) => row[3] === "Phường" && row[4] === "2026-04-30")).toBe(true);
  });
});

describe("review areas", () => {
  it("take over the old districts of the plans without splits", () => {
    const communesOf = (district: string) =>
      territory.newCommunes.rows.filter((row) => row[4] === `KV${district}`).map((row) => row[0]);
    expect(communesOf("076")).toEqual([
      "02536",
      "02545",
      "02548",
      "02554",
      "02572",
      "02578",
      "02608",
      "02611",
      "02620",
      "02623",
    ]);
    expect(communesOf("806")).toEqual(["28108", "28114", "28126", "28132", "28138", "28144"]);
    expect(communesOf("783")).toEqual(["27496", "27508", "27511", "27526", "27541", "27544", "27553"]);
  });

  it("have a name of their own inside a province", () => {
    const names = territory.reviewAreas.rows.map(([, name, province]) => `${province} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(territory.reviewAreas.rows.find(([code]) => code === "KV076")?.[1]).toBe("Khu vực Sơn Dương");
  });
});
