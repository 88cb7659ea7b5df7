import { z } from "zod";

const Code = z.string().min(2).max(8);
const IsoDate = z.iso.date();

/** Whether a unit's people went to a successor whole, in part, not at all (land only), or the source does not say. */
export const PopulationShare = z.enum(["WHOLE", "PART", "NONE", "UNKNOWN"]);
export type PopulationShare = z.infer<typeof PopulationShare>;

/** Rows are arrays in the order of `header`, to keep the file small and its differences readable. */
function table<Row extends z.ZodType>(header: readonly string[], row: Row) {
  return z.strictObject({
    header: z.array(z.string()).refine((found) => found.join() === header.join(), "header"),
    rows: z.array(row),
  });
}

/**
 * prisma/reference/territory.json: facts about units, before and from 1/7/2025.
 * All validities are half-open. `recordStart` is the first day recorded for the earlier units.
 */
export const TerritoryFile = z.strictObject({
  note: z.string(),
  recordStart: IsoDate,
  reformDate: IsoDate,
  nation: z.strictObject({ code: Code, name: z.string() }),
  oldProvinces: table(["code", "name", "type"], z.tuple([Code, z.string(), z.string()])),
  oldDistricts: table(["code", "name", "type", "province"], z.tuple([Code, z.string(), z.string(), Code])),
  oldCommunes: table(["code", "name", "type", "district"], z.tuple([Code, z.string(), z.string(), Code])),
  newProvinces: table(["code", "name", "type"], z.tuple([Code, z.string(), z.string()])),
  reviewAreas: table(["code", "name", "province", "oldDistrict"], z.tuple([Code, z.string(), Code, Code])),
  newCommunes: table(
    ["code", "name", "type", "province", "reviewArea"],
    z.tuple([Code, z.string(), z.string(), Code, Code]),
  ),
  nameChanges: table(
    ["level", "code", "name", "type", "from"],
    z.tuple([z.enum(["PROVINCE", "COMMUNE"]), Code, z.string(), z.string(), IsoDate]),
  ),
  provinceSuccessions: table(["old", "new"], z.tuple([Code, Code])),
  communeSuccessions: table(
    ["old", "new", "population", "area"],
    z.tuple([Code, Code, PopulationShare, z.enum(["WHOLE", "PART", "NONE"])]),
  ),
  /** Five island districts without communes became one commune each; a coastal flat had no code. */
  districtSuccessions: table(
    ["oldDistrict", "new", "population", "area", "note"],
    z.tuple([Code, Code, PopulationShare, z.enum(["WHOLE", "PART"]), z.string()]),
  ),
  corrections: table(
    ["unit", "field", "printed", "right"],
    z.tuple([z.string(), z.enum(["commune", "province"]), Code, Code]),
  ),
});
export type TerritoryFile = z.infer<typeof TerritoryFile>;
