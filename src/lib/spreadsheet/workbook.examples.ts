import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";

/** A part of a zip file made for a test. */
export type Part = Readonly<{
  name: string;
  data: string | Buffer;
  /** the size its entry states, when that is to be a lie */
  statedSize?: number;
  isEncrypted?: boolean;
}>;

/** A zip file, byte by byte, so that it can also be a hostile one. */
export function zipOf(parts: readonly Part[]): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, data, statedSize, isEncrypted } of parts) {
    const bytes = Buffer.from(data);
    const packed = deflateRawSync(bytes, { level: 6 });
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (isEncrypted ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(statedSize ?? bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, nameBytes, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, tail, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);

  return Buffer.concat([...locals, directory, end]);
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relations = (pairs: readonly (readonly [id: string, kind: string, target: string])[]) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${pairs
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join("")}</Relationships>`;

/** The parts of a workbook with one sheet, given as the XML inside `sheetData`; any part can be replaced or added. */
export function workbookParts(
  rows: string,
  options: {
    after?: string;
    shared?: string;
    styles?: string;
    workbookPr?: string;
    others?: readonly Part[];
  } = {},
): Part[] {
  const parts: Part[] = [
    {
      name: "[Content_Types].xml",
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    { name: "_rels/.rels", data: relations([["rId1", "officeDocument", "xl/workbook.xml"]]) },
    {
      name: "xl/workbook.xml",
      data: `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${options.workbookPr ?? ""}<sheets><sheet name="Trang &amp; 1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: relations([
        ["rId1", "worksheet", "worksheets/sheet1.xml"],
        ["rId2", "styles", "styles.xml"],
        ["rId3", "sharedStrings", "/xl/sharedStrings.xml"],
      ]),
    },
    {
      name: "xl/worksheets/sheet1.xml",
      data: `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${options.after ?? ""}</worksheet>`,
    },
    { name: "xl/sharedStrings.xml", data: `<sst xmlns="${MAIN}">${options.shared ?? ""}</sst>` },
    { name: "xl/styles.xml", data: `<styleSheet xmlns="${MAIN}">${options.styles ?? ""}</styleSheet>` },
  ];
  const others = options.others ?? [];

  return [...parts.filter(({ name }) => !others.some((one) => one.name === name)), ...others];
}

/** A folder for the files of a test, and how to leave it. */
export function scratchFolder(): {
  put: (name: string, data: string | Buffer) => string;
  remove: () => void;
} {
  const folder = mkdtempSync(path.join(tmpdir(), "hieu-hoc-bang-tinh-"));

  return {
    put: (name, data) => {
      const file = path.join(folder, name);
      writeFileSync(file, data);

      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
