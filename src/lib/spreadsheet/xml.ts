import { SaxesParser } from "saxes";
import { SpreadsheetError } from "./spreadsheet-error";

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of a part hears. Names come without their namespace prefix. */
export type XmlHandler = Readonly<{
  open?: (name: string, attributes: Attributes) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}>;

/** A parser that takes a part in pieces of bytes and tells a handler. Document types, the door to entity bombs, are refused. */
export function xmlParser(handler: XmlHandler): { write: (bytes: Buffer) => void; end: () => void } {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let decoder: TextDecoder | null = null;
  const { open, text, close } = handler;

  parser.on("doctype", () => {
    throw new SpreadsheetError("UNSAFE");
  });
  parser.on("error", (error) => {
    throw new SpreadsheetError("DAMAGED", error);
  });
  if (open) parser.on("opentag", (tag) => open(localName(tag.name), tag.attributes));
  if (text) {
    parser.on("text", text);
    parser.on("cdata", text);
  }
  if (close) parser.on("closetag", (tag) => close(localName(tag.name)));

  function decode(bytes: Buffer | null): string {
    decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch (error) {
      throw new SpreadsheetError("DAMAGED", error);
    }
  }

  return {
    write: (bytes) => {
      parser.write(decode(bytes));
    },
    end: () => {
      parser.write(decode(null));
      parser.close();
    },
  };
}

/** Tells a handler of a whole part. */
export function parseXml(bytes: Buffer, handler: XmlHandler): void {
  const parser = xmlParser(handler);
  parser.write(bytes);
  parser.end();
}

function localName(name: string): string {
  const colon = name.indexOf(":");

  return colon < 0 ? name : name.slice(colon + 1);
}

function encodingOf(bytes: Buffer | null): string {
  if (bytes?.[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes?.[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";

  return "utf-8";
}
