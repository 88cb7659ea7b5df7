/** Digits of an identity card: twelve (CCCD), or nine of the card before it (CMND). */
const IDENTITY_NUMBER = /^(\d{9}|\d{12})$/;

/** The digits of an identity number as people type it: with spaces or full stops between the groups. */
export function identityDigits(typed: string): string {
  return typed.normalize("NFKC").replace(/[\s.-]/g, "");
}

/** Is it a number a card can bear. */
export function isIdentityNumber(digits: string): boolean {
  return IDENTITY_NUMBER.test(digits);
}

/** The number with all but its last four digits hidden: `•••• •••• 1234`. */
export function maskIdentity(digits: string): string {
  const hidden = digits.length === 9 ? "•••••" : "•••• ••••";

  return `${hidden} ${digits.slice(-4)}`;
}

/** `001203004567` → `0012 0300 4567`; nine digits in threes. */
export function groupIdentity(digits: string): string {
  return digits.length === 9
    ? digits.replace(/(\d{3})(?=\d)/g, "$1 ")
    : digits.replace(/(\d{4})(?=\d)/g, "$1 ");
}
