import type { Worker } from 'node:worker_threads';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { importTemplate } from '../../api/views/importTemplate.ts';
import { ledgerImport } from '../../cases/ledgerImport.ts';
import { guessMapping, mappedRows } from '../../domain/importTable.ts';
import { readSpreadsheet } from '../../platform/spreadsheet.ts';
import { parseCsv, plainNumber } from '../../platform/spreadsheetReader.ts';

const WAIT_MS = 60_000;

/** A ZIP file of one deflated entry that says of itself what it likes. */
function archive(name: string, content: Buffer, said = content.length): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(said, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(said, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}

test(
  'however many files come at once, two are read at a time',
  async () => {
    let alive = 0;
    let most = 0;
    const count = (worker: Worker) => {
      alive += 1;
      most = Math.max(most, alive);
      worker.once('exit', () => {
        alive -= 1;
      });
    };
    process.on('worker', count);
    const table = Buffer.from('名称,金额\n甲,1\n');
    const read = await Promise.all([1, 2, 3, 4, 5].map(() => readSpreadsheet(table, 'csv')));
    process.off('worker', count);
    expect(read.map(([sheet]) => sheet?.rows.length)).toEqual([2, 2, 2, 2, 2]);
    expect(most).toBe(2);
  },
  WAIT_MS,
);

describe('a workbook', () => {
  test(
    'whose cells share one long text is refused by what all of them say, not by what the file holds',
    async () => {
      const text = '甲'.repeat(2_000);
      const rows = Array.from({ length: 40 }, () => Array.from({ length: 10 }, () => ({ value: text, type: String })));
      const bytes = await writeWorkbook(rows).toBuffer();
      const limits = { unpackedBytes: 200_000, rows: 100, columns: 20 };
      await expect(readSpreadsheet(bytes, 'xlsx', limits)).rejects.toMatchObject({ code: 'tooLarge' });
      expect(await readSpreadsheet(bytes, 'xlsx', { ...limits, unpackedBytes: 1_000_000 })).toHaveLength(1);
    },
    WAIT_MS,
  );

  test(
    'is read as text: dates as days, numbers as the spreadsheet shows them, formulas as what they gave',
    async () => {
      const bytes = await writeWorkbook(
        [
          ['名称', '金额', '日期', '是否', '空'],
          [
            { value: ' 甲 ', type: String },
            { value: 0.1 + 0.2, type: Number },
            { value: new Date('2024-03-05T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
            { value: true, type: Boolean },
            null,
          ],
        ],
        { sheet: '台账' },
      ).toBuffer();
      const sheets = await readSpreadsheet(bytes, 'xlsx');
      expect(sheets).toEqual([
        {
          name: '台账',
          rows: [
            ['名称', '金额', '日期', '是否', '空'],
            ['甲', '0.3', '2024-03-05', 'TRUE', ''],
          ],
        },
      ]);
    },
    WAIT_MS,
  );

  test(
    'that is the template is read back with every column found and no row in it',
    async () => {
      const sheets = await readSpreadsheet(await importTemplate(ledgerImport), 'xlsx');
      const mapping = guessMapping(ledgerImport.columns, sheets);
      expect(mapping).toMatchObject({ sheet: '数据 Data', headingRow: 1 });
      expect(Object.keys(mapping.columns)).toHaveLength(ledgerImport.columns.length);
      expect(mappedRows(ledgerImport.columns, sheets, mapping)).toEqual([]);
    },
    WAIT_MS,
  );

  test(
    'that holds more than it says, or too much, is refused before it takes any room',
    async () => {
      const bomb = Buffer.alloc(80 * 1024 * 1024);
      await expect(readSpreadsheet(archive('xl/workbook.xml', bomb), 'xlsx')).rejects.toMatchObject({
        code: 'tooLarge',
      });
      await expect(readSpreadsheet(archive('xl/workbook.xml', bomb, 1000), 'xlsx')).rejects.toMatchObject({
        code: 'invalid',
        params: { reason: 'unreadableTable' },
      });
      await expect(readSpreadsheet(Buffer.from('PK\x03\x04 nonsense'), 'xlsx')).rejects.toMatchObject({
        code: 'invalid',
      });
      const limits = { unpackedBytes: 1_000_000, rows: 2, columns: 2 };
      await expect(readSpreadsheet(Buffer.from('a\n1\n2\n'), 'csv', limits)).rejects.toMatchObject({
        code: 'tooLarge',
      });
      await expect(readSpreadsheet(Buffer.from('a,b,c\n'), 'csv', limits)).rejects.toMatchObject({ code: 'tooLarge' });
    },
    WAIT_MS,
  );
});

describe('a table of commas', () => {
  test(
    'is read in UTF-8 with or without its mark, and in GB 18030',
    async () => {
      const gb = Buffer.from([0xbc, 0xd7, 0x2c, 0xd2, 0xd2, 0x0a]);
      expect((await readSpreadsheet(gb, 'csv'))[0]?.rows).toEqual([['甲', '乙']]);
      expect((await readSpreadsheet(Buffer.from('\uFEFF甲,乙\r\n'), 'csv'))[0]?.rows).toEqual([['甲', '乙']]);
    },
    WAIT_MS,
  );

  test('keeps what is quoted together, by whichever separator it has', () => {
    expect(parseCsv('"甲 ""一"", 二","三\n四"\r\n五;六\n\n')).toEqual([['甲 "一", 二', '三\n四'], ['五;六']]);
    expect(parseCsv('a;b\n1,5;2')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ]);
  });
});

test.each([
  ['0.30000000000000004', '0.3'],
  ['26020.123456', '26020.123456'],
  ['1E+20', '100000000000000000000'],
  ['1.5E-7', '0.00000015'],
  ['-12.5', '-12.5'],
  ['0', '0'],
])('the number %s is shown as %s', (stored, shown) => expect(plainNumber(stored)).toBe(shown));
