import { escapeXml } from "./xml-text";

/** How a cell looks and what it lets a person do. */
export type CellStyle = Readonly<{
  /** number: as it is (years); count: thousands marked; decimal: two decimals */
  format?: "text" | "number" | "count" | "decimal" | "date";
  font?: "bold" | "italic" | "title";
  align?: "left" | "center" | "right";
  isWrapped?: boolean;
  isBordered?: boolean;
  isFilled?: boolean;
  /** may be typed into on a protected sheet */
  isUnlocked?: boolean;
  /** text that begins like a formula: typing over it does not make it one */
  isQuoted?: boolean;
}>;

const FORMATS = { text: 49, number: 0, count: 3, decimal: 4, date: 164 } as const;
const FONTS = { plain: 0, bold: 1, italic: 2, title: 3 } as const;

/** The styles of a workbook, numbered as they are asked for. */
export class Styles {
  readonly #xfs: string[] = [];
  readonly #known = new Map<string, number>();
  readonly #fontName: string;
  readonly #fontSize: number;

  constructor(font: Readonly<{ name: string; size: number }>) {
    this.#fontName = font.name;
    this.#fontSize = font.size;
    this.idOf({});
  }

  /** The number of a style in this workbook. */
  idOf(style: CellStyle): number {
    const xf = toXf(style);
    const known = this.#known.get(xf);
    if (known !== undefined) return known;
    const id = this.#xfs.push(xf) - 1;
    this.#known.set(xf, id);

    return id;
  }

  /** The part `xl/styles.xml`, once every style has been asked for. */
  toXml(): string {
    const font = (marks: string, size = this.#fontSize) =>
      `<font>${marks}<sz val="${size}"/><name val="${escapeXml(this.#fontName)}"/><family val="1"/></font>`;
    const side = (name: string) => `<${name} style="thin"><color rgb="FF000000"/></${name}>`;

    return [
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
      '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>',
      `<fonts count="4">${font("")}${font("<b/>")}${font("<i/>")}${font("<b/>", this.#fontSize + 2)}</fonts>`,
      '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
      '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF3"/><bgColor indexed="64"/></patternFill></fill></fills>',
      '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>',
      `<border>${side("left")}${side("right")}${side("top")}${side("bottom")}<diagonal/></border></borders>`,
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      `<cellXfs count="${this.#xfs.length}">${this.#xfs.join("")}</cellXfs>`,
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    ].join("");
  }
}

function toXf(style: CellStyle): string {
  const format = style.format === undefined ? 0 : FORMATS[style.format];
  const attributes = [
    `numFmtId="${format}" fontId="${FONTS[style.font ?? "plain"]}" fillId="${style.isFilled ? 2 : 0}" borderId="${style.isBordered ? 1 : 0}" xfId="0"`,
    ' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"',
    style.isUnlocked ? ' applyProtection="1"' : "",
    style.isQuoted ? ' quotePrefix="1"' : "",
  ].join("");
  const alignment = `<alignment vertical="${style.isWrapped ? "center" : "bottom"}"${style.align ? ` horizontal="${style.align}"` : ""}${style.isWrapped ? ' wrapText="1"' : ""}/>`;
  const protection = style.isUnlocked ? '<protection locked="0"/>' : "";

  return `<xf ${attributes}>${alignment}${protection}</xf>`;
}
