import { describe, expect, it } from "vitest";
import { readTerritory } from "../../../prisma/reference/read-reference";
import { territoryRows } from "./territory-rows";

const rows = territoryRows(readTerritory());

describe("rows of the territory", () => {
  it("place every unit once on every day of its life, and ended ones under a successor", () => {
    const placed = new Map<string, string[]>();
    for (const { child, kind } of rows.placements) placed.set(child, [...(placed.get(child) ?? []), kind]);
    for (const unit of rows.units) {
      const expected =
        unit.level === "NATION" ? [] : unit.validTo === null ? ["TREE"] : ["TREE", "SUCCESSION"];
      expect(placed.get(unit.key) ?? []).toEqual(expected);
    }
  });

  it("put a whole commune under its successor and a split one under what took all its people", () => {
    const successor = (key: string) =>
      rows.placements.find((row) => row.child === key && row.kind === "SUCCESSION")?.parent;
    expect(successor("COMMUNE:27532@2014-02-20")).toBe("COMMUNE:27496@2025-07-01");
    expect(successor("DISTRICT:076@2014-02-20")).toBe("REVIEW_AREA:KV076@2025-07-01");
    expect(successor("DISTRICT:471@2014-02-20")).toBe("COMMUNE:19742@2025-07-01");
    expect(successor("PROVINCE:06@2014-02-20")).toBe("PROVINCE:19@2025-07-01");
    const levels = rows.placements
      .filter((row) => row.kind === "SUCCESSION" && row.child.startsWith("COMMUNE:"))
      .map((row) => row.parent.split(":")[0]);
    const count = (level: string) => levels.filter((one) => one === level).length;
    expect([count("COMMUNE"), count("REVIEW_AREA") + count("PROVINCE")]).toEqual([9_653, 382]);
  });

  it("keep both names of a unit that was renamed, the latest on the unit", () => {
    const key = "COMMUNE:26368@2025-07-01";
    expect(rows.units.find((unit) => unit.key === key)).toMatchObject({
      name: "Phường Long Thành",
      type: "Phường",
    });
    expect(rows.names.filter((row) => row.key === key)).toEqual([
      { key, name: "Xã Long Thành", type: "Xã", validFrom: "2025-07-01", validTo: "2026-04-30" },
      { key, name: "Phường Long Thành", type: "Phường", validFrom: "2026-04-30", validTo: null },
    ]);
  });
});
