import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { AccountSummary } from '../../api/contract/accounts.ts';
import { accountSheet, accountWorkbook } from '../../api/views/accountSheet.ts';

const account = (name: string): AccountSummary => ({
  id: 'a',
  archiveNo: 'DKH-2026-0001',
  client: { id: 'c', name },
  grade: 'company',
  managedBy: 'branch',
  state: 'vacant',
  onList: true,
  establishedOn: '2026-11-27',
  unit: { id: 'central', name: '中南分公司', nameEn: 'Central branch' },
  manager: null,
});
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx'];

/** What a ZIP file holds, by name, read by its central directory. */
function filesOf(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    files.set(name, (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8'));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

test('a workbook holds every account as text, in the reader’s language, and nothing that computes', async () => {
  const files = filesOf(await accountWorkbook(FORMULAS.map(account), 'en'));
  const all = [...files.values()].join('');
  const sheet = [...files].find(([name]) => /worksheets\/sheet1\.xml$/.test(name))?.[1] ?? '';
  expect(sheet.match(/<row /g)).toHaveLength(FORMULAS.length + 1);
  expect(sheet).not.toMatch(/<f[ >]/);
  for (const text of ['Manager vacant', 'Company level', 'Central branch', '=1+1']) expect(all).toContain(text);
});

test('in CSV what begins like a formula is marked as text', () => {
  const sheet = accountSheet(FORMULAS.map(account), 'zh');
  for (const formula of FORMULAS) expect(sheet).toContain(`"'${formula}"`);
  expect(sheet).toContain('客户经理空缺');
});
