import { z } from "zod";
import { STATE_FILTERS } from "@/domain/recognition/recognition";
import { TITLE_SLUGS } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { CITIZEN_VARIANTS, TitleCode as Title } from "@/domain/title/title";
import { DIGITAL_SKILLS, ORGANISATION_KINDS, ORGANISATION_LEVELS, POVERTY_LEVELS } from "./constants";

/** How a list of the register stands: people by given name and everything else with its numbers by value, by hamlet, newest first. */
export const REGISTRY_SORTS = ["name", "hamlet", "newest"] as const;
export type RegistrySort = (typeof REGISTRY_SORTS)[number];

const unitId = z.coerce.number().int().positive().max(2_147_483_647);
const flag = z.boolean().optional();

/**
 * Which rows of one register, and in what order: the one description that the list, its address, the change of many rows and
 * the files taken out share. What a kind of entry does not have narrows its list to nothing.
 */
export const RegistryFilter = z.object({
  /** the unit looked at: its leaves on the day that counts for the year */
  unitId,
  year: z.coerce.number().int().min(2014).max(2100),
  title: Title,
  hamletId: unitId.optional(),
  /** slug of a state of the year's assessment, see STATE_FILTERS */
  state: z.enum(STATE_FILTERS.map(({ slug }) => slug) as [string, ...string[]]).optional(),
  /** entries that left the register by the end of the year instead of those followed then */
  isClosed: flag,
  poverty: z.enum(POVERTY_LEVELS).optional(),
  isAssociationMember: flag,
  hasSchoolAgeChildren: flag,
  /** households of any clan or of none */
  hasClan: flag,
  /** households of one clan */
  clanId: z.uuid().optional(),
  variant: z.enum(CITIZEN_VARIANTS).optional(),
  isWorker: flag,
  hasHousehold: flag,
  digitalSkill: z.enum(DIGITAL_SKILLS).optional(),
  organisationId: z.uuid().optional(),
  isPromotion: flag,
  kind: z.enum(ORGANISATION_KINDS).optional(),
  level: z.enum(ORGANISATION_LEVELS).optional(),
  sort: z.enum(REGISTRY_SORTS).default("name"),
});
export type RegistryFilter = z.infer<typeof RegistryFilter>;

/** What narrows a list beside its register, unit and year. */
export type FilterKey = Exclude<keyof RegistryFilter, "unitId" | "year" | "title" | "sort">;

type Option = Readonly<{ slug: string; value: string | boolean }>;
const yesNo = (yes = "co", no = "khong"): readonly Option[] => [
  { slug: yes, value: true },
  { slug: no, value: false },
];
const slugs = (values: readonly string[]): readonly Option[] =>
  values.map((value) => ({ slug: value.toLowerCase().replaceAll("_", "-"), value }));

/** The parameter of each filter in an address, and the words its values have there; without words the value stands as it is. */
const PARAMS: Readonly<Record<FilterKey, Readonly<{ name: string; options?: readonly Option[] }>>> = {
  hamletId: { name: "thon" },
  state: { name: "tinh-trang" },
  isClosed: { name: "theo-doi", options: [{ slug: "da-thoi", value: true }] },
  poverty: {
    name: "dien",
    options: [
      { slug: "ngheo", value: "POOR" },
      { slug: "can-ngheo", value: "NEAR_POOR" },
      { slug: "khong", value: "NONE" },
    ],
  },
  isAssociationMember: { name: "hoi-vien", options: yesNo() },
  hasSchoolAgeChildren: { name: "tre-di-hoc", options: yesNo() },
  hasClan: { name: "co-dong-ho", options: yesNo() },
  clanId: { name: "dong-ho" },
  variant: {
    name: "nghe",
    options: [
      { slug: "nong-dan", value: "FARMER" },
      { slug: "cong-nhan", value: "WORKER" },
      { slug: "can-bo", value: "OFFICIAL" },
      { slug: "hoc-sinh", value: "STUDENT" },
    ],
  },
  isWorker: { name: "lao-dong", options: yesNo() },
  hasHousehold: { name: "co-ho", options: yesNo() },
  digitalSkill: {
    name: "ky-nang-so",
    options: [
      { slug: "chua-co", value: "NONE" },
      { slug: "co-ban", value: "HAS" },
      { slug: "thanh-thao", value: "FLUENT" },
    ],
  },
  organisationId: { name: "noi-lam-viec" },
  isPromotion: { name: "khuyen-hoc", options: yesNo() },
  kind: { name: "loai", options: slugs(ORGANISATION_KINDS) },
  level: { name: "cap", options: slugs(ORGANISATION_LEVELS) },
};
const SORT_SLUGS: Readonly<Record<RegistrySort, string>> = { name: "ten", hamlet: "thon", newest: "moi" };

/** The filters that make sense for a register, in the order in which they are offered. */
export const FILTERS_OF: Readonly<Record<TitleCode, readonly FilterKey[]>> = {
  FAMILY: [
    "hamletId",
    "state",
    "poverty",
    "isAssociationMember",
    "hasSchoolAgeChildren",
    "hasClan",
    "clanId",
    "isClosed",
  ],
  CLAN: ["hamletId", "state", "isPromotion", "isClosed"],
  COMMUNITY: ["state", "isClosed"],
  ORGANISATION: ["state", "kind", "level", "isClosed"],
  CITIZEN: [
    "hamletId",
    "state",
    "variant",
    "isWorker",
    "hasHousehold",
    "digitalSkill",
    "organisationId",
    "isClosed",
  ],
};

/** The parameter that stands for a filter in an address. */
export function paramOf(key: FilterKey | "sort"): string {
  return key === "sort" ? "sap-xep" : PARAMS[key].name;
}

/** The word that stands for a filter's value in an address; empty for none. */
export function slugOf(key: FilterKey, value: string | number | boolean | undefined): string {
  if (value === undefined) return "";
  const { options } = PARAMS[key];

  return options?.find((option) => option.value === value)?.slug ?? String(value);
}

/**
 * The filter an address describes, in the register, unit and year it is about. Undefined for an address that says something
 * no filter of that register means: it would show another list than the one meant.
 */
export function parseFilter(
  scope: Pick<RegistryFilter, "unitId" | "year" | "title">,
  param: (name: string) => string | undefined,
): RegistryFilter | undefined {
  const values: Record<string, unknown> = { ...scope };
  for (const key of FILTERS_OF[scope.title]) {
    const { name, options } = PARAMS[key];
    const text = param(name);
    if (text === undefined || text === "") continue;
    const value = options ? options.find(({ slug }) => slug === text)?.value : text;
    if (value === undefined) return undefined;
    values[key] = value;
  }
  const sort = param(paramOf("sort"));
  if (sort !== undefined && sort !== "") {
    values.sort = REGISTRY_SORTS.find((one) => SORT_SLUGS[one] === sort) ?? sort;
  }
  const parsed = RegistryFilter.safeParse(values);

  return parsed.success ? parsed.data : undefined;
}

/** The parameters of a filter in an address, unit, year and register included; what is not narrowed is left out. */
export function filterParams(filter: RegistryFilter): URLSearchParams {
  const params = new URLSearchParams({
    "don-vi": String(filter.unitId),
    nam: String(filter.year),
    "mo-hinh": TITLE_SLUGS[filter.title],
  });
  for (const key of FILTERS_OF[filter.title]) {
    const slug = slugOf(key, filter[key]);
    if (slug !== "") params.set(PARAMS[key].name, slug);
  }
  if (filter.sort !== "name") params.set(paramOf("sort"), SORT_SLUGS[filter.sort]);

  return params;
}

/** Is the list narrowed at all. */
export function isNarrowed(filter: RegistryFilter): boolean {
  return FILTERS_OF[filter.title].some((key) => filter[key] !== undefined);
}
