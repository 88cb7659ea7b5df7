const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const SCALES = ["", "nghìn", "triệu", "tỷ"] as const;

/** A count in words, as official papers write it beside the number: `126` → `một trăm hai mươi sáu`; up to 999 tỷ. */
export function countInWords(count: number): string {
  if (!Number.isInteger(count) || count < 0 || count >= 1e12) throw new RangeError("count");
  if (count === 0) return DIGITS[0];

  const groups: number[] = [];
  for (let rest = count; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);

  return groups
    .map((group, scale) => {
      if (group === 0) return "";
      const isLeading = scale === groups.length - 1;

      return `${groupInWords(group, isLeading)} ${SCALES[scale]}`.trim();
    })
    .reverse()
    .filter((words) => words !== "")
    .join(" ");
}

function groupInWords(group: number, isLeading: boolean): string {
  const [hundreds, tens, units] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
  const words: string[] = [];
  if (hundreds > 0 || !isLeading) words.push(digit(hundreds), "trăm");
  if (tens === 0 && units > 0 && words.length > 0) words.push("linh");
  if (tens === 1) words.push("mười");
  if (tens > 1) words.push(digit(tens), "mươi");
  if (units > 0) words.push(unitInWords(units, tens));

  return words.join(" ");
}

function unitInWords(units: number, tens: number): string {
  if (units === 1 && tens > 1) return "mốt";
  if (units === 4 && tens > 1) return "tư";
  if (units === 5 && tens > 0) return "lăm";

  return digit(units);
}

function digit(value: number): string {
  return DIGITS[value] ?? "";
}
