import path from "node:path";
import type { Archive } from "./archive";
import { isDateFormat } from "./number-format";
import { SpreadsheetError } from "./spreadsheet-error";
import { parseXml } from "./xml";

/** What a workbook says about itself before any sheet is read. */
export type Workbook = Readonly<{
  sheets: readonly Readonly<{ name: string; isHidden: boolean; part: string }>[];
  is1904: boolean;
  sharedTextsPart: string | null;
  /** by style number: whether its numbers are days */
  dateStyles: readonly boolean[];
}>;

/** Reads which sheets there are and where. Refuses workbooks with macros and what is no workbook. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  await refuseOtherKinds(archive);

  const root = (await relationsOf(archive, "")).find(({ type }) => type === "officeDocument");
  const part = root?.target ?? "xl/workbook.xml";
  const bytes = await archive.read(part);
  if (!bytes) throw new SpreadsheetError("NOT_A_SPREADSHEET");

  const relations = await relationsOf(archive, part);
  const targets = new Map(
    relations.filter(({ type }) => type === "worksheet").map((one) => [one.id, one.target]),
  );
  const sheets: { name: string; isHidden: boolean; part: string }[] = [];
  let is1904 = false;
  let isWorkbook = false;
  parseXml(bytes, {
    open: (name, attributes) => {
      if (name === "workbook") isWorkbook = true;
      if (name === "workbookPr") is1904 = isTrue(attributes.date1904);
      if (name !== "sheet" || attributes.name === undefined) return;

      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      const target = targets.get(id);
      if (target && archive.names.has(target)) {
        const isHidden = attributes.state !== undefined && attributes.state !== "visible";
        sheets.push({ name: attributes.name, isHidden, part: target });
      }
    },
  });
  if (!isWorkbook || sheets.length === 0) throw new SpreadsheetError("NOT_A_SPREADSHEET");

  const partOf = (kind: string) => relations.find(({ type }) => type === kind)?.target ?? null;
  const stylesPart = partOf("styles");
  const styles = stylesPart ? await archive.read(stylesPart) : null;
  const sharedTextsPart = partOf("sharedStrings");

  return {
    sheets,
    is1904,
    sharedTextsPart: sharedTextsPart && archive.names.has(sharedTextsPart) ? sharedTextsPart : null,
    dateStyles: styles ? readDateStyles(styles) : [],
  };
}

async function refuseOtherKinds(archive: Archive): Promise<void> {
  const names = [...archive.names];
  if (names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) throw new SpreadsheetError("MACROS");
  if (names.some((name) => /^xl\/workbook\.bin$/i.test(name))) throw new SpreadsheetError("OTHER_FORMAT");

  const mimetype = await archive.read("mimetype");
  if (mimetype?.toString("latin1").includes("opendocument")) throw new SpreadsheetError("OTHER_FORMAT");

  const types = await archive.read("[Content_Types].xml");
  if (!types) throw new SpreadsheetError("NOT_A_SPREADSHEET");
  parseXml(types, {
    open: (_name, attributes) => {
      if (/macroEnabled/i.test(attributes.ContentType ?? "")) throw new SpreadsheetError("MACROS");
    },
  });
}

type Relation = { id: string; type: string; target: string };

async function relationsOf(archive: Archive, part: string): Promise<Relation[]> {
  const folder = path.posix.dirname(part);
  const bytes = await archive.read(
    part === "" ? "_rels/.rels" : `${folder}/_rels/${path.posix.basename(part)}.rels`,
  );
  const relations: Relation[] = [];
  if (!bytes) return relations;

  parseXml(bytes, {
    open: (name, { Id: id, Type: type, Target: target, TargetMode: mode }) => {
      if (name !== "Relationship" || !id || !type || !target || mode === "External") return;
      // Absolute inside the archive, or relative to the folder of the part.
      const resolved = target.startsWith("/")
        ? target.slice(1)
        : path.posix.normalize(path.posix.join(folder, target));
      relations.push({ id, type: type.slice(type.lastIndexOf("/") + 1), target: resolved });
    },
  });

  return relations;
}

function readDateStyles(bytes: Buffer): boolean[] {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let isInside = false;
  parseXml(bytes, {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      if (name === "cellXfs") isInside = true;
      if (name === "xf" && isInside) formats.push(Number(attributes.numFmtId ?? 0));
    },
    close: (name) => {
      if (name === "cellXfs") isInside = false;
    },
  });

  return formats.map((id) => isDateFormat(id, codes.get(id)));
}

function isTrue(text: string | undefined): boolean {
  return text === "1" || text === "true" || text === "on";
}
