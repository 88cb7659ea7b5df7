import { describe, expect, it } from "vitest";
import { formatDate, formatDateTime, formatTime, parseDate, toIsoDate, yearOf } from "./date";

describe("writing dates", () => {
  it("takes moments in Vietnam time", () => {
    const moment = new Date("2026-11-21T08:04:00Z");

    expect(formatDateTime(moment)).toBe("21/11/2026 15:04");
    expect(formatTime(moment)).toBe("15:04");
  });

  it("turns the day at 17:00 UTC", () => {
    expect(formatDate("2025-12-31T16:59:59Z")).toBe("31/12/2025");
    expect(formatDate("2025-12-31T17:00:00Z")).toBe("01/01/2026");
    expect(formatDateTime("2025-12-31T17:00:00Z")).toBe("01/01/2026 00:00");
    expect(toIsoDate(new Date("2025-12-31T17:00:00Z"))).toBe("2026-01-01");
    expect(yearOf(new Date("2025-12-31T17:00:00Z"))).toBe(2026);
  });

  it("leaves plain dates as they are", () => {
    expect(formatDate("2025-07-01")).toBe("01/07/2025");
  });

  it("shows a dash for nothing and nonsense", () => {
    expect([formatDate(null), formatDateTime(undefined), formatDate("hôm qua")]).toEqual(["–", "–", "–"]);
  });
});

describe("parseDate", () => {
  it.each([
    ["21/11/2026", "2026-11-21"],
    ["1/7/2025", "2025-07-01"],
    ["01-07-2025", "2025-07-01"],
    ["1.7.2025", "2025-07-01"],
    ["01072025", "2025-07-01"],
    ["2025-07-01", "2025-07-01"],
    ["29/02/2024", "2024-02-29"],
    ["29/02/2025", null],
    ["31/04/2025", null],
    ["13/13/2025", null],
    ["1/7/25", null],
    ["", null],
  ])("reads %s as %s", (text, iso) => {
    expect(parseDate(text)).toBe(iso);
  });
});
