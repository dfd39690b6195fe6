import { parentPort, workerData } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import readWorkbook from 'read-excel-file/universal';

export type SpreadsheetLimits = { readonly unpackedBytes: number; readonly rows: number; readonly columns: number };

export type ReadAnswer =
  | { readonly sheets: readonly { readonly name: string; readonly rows: readonly (readonly string[])[] }[] }
  | { readonly refused: 'unreadable' }
  | { readonly refused: 'tooLarge'; readonly limit: string };

type Asked = { readonly bytes: Uint8Array; readonly extension: 'xlsx' | 'csv'; readonly limits: SpreadsheetLimits };

class Refused extends Error {
  readonly answer: ReadAnswer;
  constructor(answer: ReadAnswer) {
    super('refused');
    this.answer = answer;
  }
}

const tooMuch = (most: number): ReadAnswer => ({ refused: 'tooLarge', limit: `${Math.floor(most / 1048576)} MB` });
const unreadable = (): Refused => new Refused({ refused: 'unreadable' });

/** What a table holds, as text; or why it is not read. Runs in a thread that platform/spreadsheet.ts bounds. */
export async function readTable({ bytes, extension, limits }: Asked): Promise<ReadAnswer> {
  try {
    const sheets = extension === 'csv' ? [{ name: '', rows: parseCsv(decode(bytes)) }] : await workbook(bytes, limits);
    let length = 0;
    for (const { rows } of sheets) {
      if (rows.length > limits.rows) return { refused: 'tooLarge', limit: `${limits.rows - 1} 行 rows` };
      if (rows.some((row) => row.length > limits.columns))
        return { refused: 'tooLarge', limit: `${limits.columns} 列 columns` };
      // A text that is stored once may stand in a million cells, and is written out in each as it leaves this thread.
      for (const row of rows) for (const cell of row) length += cell.length;
      if (length > limits.unpackedBytes) return tooMuch(limits.unpackedBytes);
    }
    return { sheets };
  } catch (error) {
    return error instanceof Refused ? error.answer : { refused: 'unreadable' };
  }
}

async function workbook(bytes: Uint8Array, limits: SpreadsheetLimits) {
  unpackWithin(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), limits.unpackedBytes);
  const sheets = await readWorkbook(new Uint8Array(bytes).buffer, { parseNumber: (text) => ({ number: text }) });
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'object') return plainNumber((cell as { number: string }).number);
  return String(cell).trim();
}

/** What a spreadsheet shows of a number: it counts to 15 digits, and stores 0.3 as 0.30000000000000004. */
export function plainNumber(stored: string): string {
  const number = Number(stored);
  if (!Number.isFinite(number)) return stored;
  const [digits = '', exponent = '0'] = number.toExponential(14).split('e');
  const sign = digits.startsWith('-') ? '-' : '';
  const significant = digits.replace(/[-.]/g, '').replace(/0+$/, '') || '0';
  const point = Number(exponent) + 1;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${significant}`.replace(/\.0*$/, '');
  if (point >= significant.length) return `${sign}${significant.padEnd(point, '0')}`;
  return `${sign}${significant.slice(0, point)}.${significant.slice(point)}`;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/** Unpacks every entry once and throws it away: an archive that says less than it holds, or holds too much, goes no further. */
function unpackWithin(bytes: Buffer, most: number): void {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) throw unreadable();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw unreadable();
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const said = bytes.readUInt32LE(at + 24);
    const local = bytes.readUInt32LE(at + 42);
    total += said;
    if (total > most) throw new Refused(tooMuch(most));
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_ENTRY) throw unreadable();
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (from + packed > bytes.length) throw unreadable();
    if (unpackedSize(bytes.subarray(from, from + packed), method, said) !== said) throw unreadable();
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
}

function unpackedSize(packed: Buffer, method: number, said: number): number {
  if (method === STORED) return packed.length;
  if (method !== DEFLATED) throw unreadable();
  // More than was said ends in an error, before it takes any room.
  return inflateRawSync(packed, { maxOutputLength: Math.max(said, 1) }).length;
}

function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  throw unreadable();
}

/** RFC 4180, with commas, semicolons or tabs, whichever the first line has. */
export function parseCsv(text: string): string[][] {
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  const separator = [',', '\t', ';'].find((each) => firstLine.includes(each)) ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = () => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  if (quoted) throw unreadable();
  if (cell !== '' || row.length > 0) endRow();
  while (rows.length > 0 && rows.at(-1)?.every((each) => each === '')) rows.pop();
  return rows;
}

if (parentPort && workerData?.extension) parentPort.postMessage(await readTable(workerData as Asked));
