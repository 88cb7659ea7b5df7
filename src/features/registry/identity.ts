import { z } from "zod";

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

/** The field of a form that takes a number; empty where it is not `missing`. Its messages never repeat what was typed. */
export const identityNumber = (missing?: string) =>
  z
    .string()
    .optional()
    .transform((typed) => identityDigits(typed ?? ""))
    .superRefine((digits, context) => {
      if (digits === "" && missing === undefined) return;
      if (!isIdentityNumber(digits)) {
        context.addIssue({
          code: "custom",
          message:
            digits === "" && missing !== undefined
              ? missing
              : "Số CCCD có 12 chữ số (CMND cũ: 9 chữ số). Hãy xem lại số trên thẻ.",
        });
      }
    });

const identified = {
  subjectId: z.uuid(),
  /** version of the number that was on the page; 0: there was none */
  identityVersion: z.coerce.number().int().min(0),
};

/** A citizen's number, recorded for the first time or put right. */
export const RecordIdentity = z.object({
  ...identified,
  identityNumber: identityNumber("Hãy nhập số CCCD trên thẻ."),
});
export type RecordIdentity = z.infer<typeof RecordIdentity>;

/** A citizen's number is taken out of the register. */
export const RemoveIdentity = z.object(identified);
export type RemoveIdentity = z.infer<typeof RemoveIdentity>;

/** A citizen's number is asked to be shown in full. */
export const ShowIdentity = z.object({ subjectId: z.uuid() });
export type ShowIdentity = z.infer<typeof ShowIdentity>;
