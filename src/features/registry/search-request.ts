import { z } from "zod";
import { RegistryFilter } from "./filter";

/** What the search route takes: the list in which to look, and what for. */
export const SearchRequest = RegistryFilter.extend({
  mode: z.enum(["search", "pick", "duplicates"]),
  text: z.string().max(200).default(""),
  /** results seen already */
  skip: z.number().int().min(0).max(1000).default(0),
  birthYear: z.number().int().optional(),
  /** the entry whose name was typed, where it is one already */
  subjectId: z.uuid().optional(),
});
export type SearchRequest = z.infer<typeof SearchRequest>;
