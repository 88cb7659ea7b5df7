import type { TitleCode } from "./title";

const PREFIXES: Readonly<Record<TitleCode, string>> = {
  FAMILY: "GD",
  CLAN: "DH",
  COMMUNITY: "TH",
  ORGANISATION: "DV",
  CITIZEN: "CD",
};

const CODE = /^(GD|DH|TH|DV|CD) ?0*([1-9]\d{0,14})$/;

/** What people call an entry of the register by, the same for ever: `GD123` for the household with number 123. */
export function entryCode(title: TitleCode, number: number | bigint): string {
  return `${PREFIXES[title]}${number}`;
}

/** The title and number in a code as people type it: any case, with or without a space; undefined for other texts. */
export function parseEntryCode(text: string): { title: TitleCode; number: number } | undefined {
  const match = CODE.exec(text.trim().toUpperCase());
  if (!match) return undefined;
  const title = (Object.keys(PREFIXES) as TitleCode[]).find((code) => PREFIXES[code] === match[1]);

  return title && { title, number: Number(match[2]) };
}
