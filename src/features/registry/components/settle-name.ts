import { cleanText } from "@/lib/text/name";
import { personName } from "../utils";

/**
 * Writes a person's name in a field the way names are written, when the field is left. A name put back to what was typed
 * before stays.
 * @returns what was typed, where letters were changed; else null
 */
export function settleName(input: HTMLInputElement): string | null {
  const typed = cleanText(input.value);
  const name = typed === input.dataset.typed ? typed : personName(typed);
  if (input.value !== name) input.value = name;
  if (name === typed) return null;

  input.dataset.typed = typed;

  return typed;
}
