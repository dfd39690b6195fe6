import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { DomainError } from '../domain/errors.ts';

export type FileKind = {
  /** Without the dot, in lower case. */
  readonly extension: string;
  readonly mime: string;
};

type Rule = {
  readonly mime: string;
  /** For what is a ZIP archive inside: an entry it must have, or the folder of one. */
  readonly entry?: string;
};

const office = 'application/vnd.openxmlformats-officedocument';
/** What may be uploaded, by extension (系统默认). Nothing that runs: no scripts, no macros, no plain archives. */
const rules: Readonly<Record<string, Rule>> = {
  pdf: { mime: 'application/pdf' },
  png: { mime: 'image/png' },
  jpg: { mime: 'image/jpeg' },
  jpeg: { mime: 'image/jpeg' },
  webp: { mime: 'image/webp' },
  docx: { mime: `${office}.wordprocessingml.document`, entry: 'word/' },
  xlsx: { mime: `${office}.spreadsheetml.sheet`, entry: 'xl/' },
  pptx: { mime: `${office}.presentationml.presentation`, entry: 'ppt/' },
  ofd: { mime: 'application/ofd', entry: 'OFD.xml' },
  txt: { mime: 'text/plain' },
  csv: { mime: 'text/csv' },
};

/** The extensions that are accepted, without the dot. */
export const acceptedExtensions: readonly string[] = Object.keys(rules);

/** How much of a file's beginning `sniff` wants to see, in bytes. */
export const SNIFF_LENGTH = 65_536;

/**
 * What a file is, from its beginning and its name, which must agree. DomainErrors `fileTypeRefused` (an extension not on the list),
 * `fileTypeMismatch` (the content is something else), `invalid` (an empty file).
 */
export async function sniff(beginning: Uint8Array, fileName: string): Promise<FileKind> {
  const extension = extname(fileName).slice(1).toLowerCase();
  const rule = Object.hasOwn(rules, extension) ? rules[extension] : undefined;
  if (!rule) throw new DomainError('fileTypeRefused', { allowed: acceptedExtensions.join(', ') }, 'file');
  if (beginning.length === 0) throw new DomainError('invalid', { field: 'file', reason: 'empty' }, 'file');
  const actual = await contentOf(beginning, rule);
  if (actual !== rule.mime) throw new DomainError('fileTypeMismatch', { actual }, 'file');
  return { extension, mime: rule.mime };
}

async function contentOf(beginning: Uint8Array, rule: Rule): Promise<string> {
  // A damaged file may make the detector throw: then it is not what it says either.
  const found = await fileTypeFromBuffer(beginning).catch(() => undefined);
  if (found?.mime === 'application/zip' && rule.entry && hasEntry(beginning, rule.entry)) return rule.mime;
  if (found) return found.mime;
  if (!isText(beginning)) return 'application/octet-stream';
  return rule.mime.startsWith('text/') ? rule.mime : 'text/plain';
}

const LOCAL_HEADER = Buffer.from('PK\x03\x04', 'latin1');
const NAME_LENGTH_AT = 26;
const NAME_AT = 30;

/** Whether one of the archive's entries, as far as the beginning shows them, is `entry` or stands in the folder `entry`. */
function hasEntry(beginning: Uint8Array, entry: string): boolean {
  const bytes = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.length);
  for (let at = bytes.indexOf(LOCAL_HEADER); at >= 0; at = bytes.indexOf(LOCAL_HEADER, at + 1)) {
    if (at + NAME_AT > bytes.length) return false;
    const nameEnd = at + NAME_AT + bytes.readUInt16LE(at + NAME_LENGTH_AT);
    const name = bytes.toString('latin1', at + NAME_AT, nameEnd);
    if (entry.endsWith('/') ? name.startsWith(entry) : name === entry) return true;
  }
  return false;
}

/** Text as Windows, macOS and Linux save it here: UTF-8 or GB 18030, without control characters. */
function isText(beginning: Uint8Array): boolean {
  if (beginning.some((byte) => (byte < 0x20 && !TEXT_CONTROLS.has(byte)) || byte === 0x7f)) return false;
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      // As a stream, because the beginning may end inside a character.
      new TextDecoder(encoding, { fatal: true }).decode(beginning, { stream: true });
      return true;
    } catch {
      return false;
    }
  });
}

/** Tab, line feed, form feed, carriage return. */
const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0c, 0x0d]);
