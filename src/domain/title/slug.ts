import type { TitleCode } from "./title";
import { TITLE_CODES } from "./title";

/** The title in addresses: `?mo-hinh=gia-dinh`. */
export const TITLE_SLUGS = {
  FAMILY: "gia-dinh",
  CLAN: "dong-ho",
  COMMUNITY: "cong-dong",
  ORGANISATION: "don-vi",
  CITIZEN: "cong-dan",
} as const satisfies Record<TitleCode, string>;

/** The title of an address; undefined for a word that is none. */
export function titleOfSlug(slug: string | undefined): TitleCode | undefined {
  return TITLE_CODES.find((title) => TITLE_SLUGS[title] === slug);
}
