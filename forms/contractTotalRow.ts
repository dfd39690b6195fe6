import { z } from 'zod';
import type { ImportColumn } from '../domain/importTable.ts';
import { checkUscc } from '../domain/uscc.ts';
import { choice, dayCell, ifGiven, needed, text, wanCell } from './importCells.ts';

/** A row of the contract department's table: one total of one key account (Article 12). */
export const contractTotalColumns: readonly ImportColumn[] = [
  {
    key: 'account',
    zh: '档案编号或单位代码',
    en: 'Archive number or credit code',
    required: true,
    aliases: ['档案编号', '单位代码', '统一社会信用代码', 'Archive number', 'Credit code'],
    isCode: true,
    explain: {
      zh: '大客户的档案编号，或其任一成员单位的统一社会信用代码，单元格为文本格式。',
      en: 'The key account’s archive number, or the credit code of any member of its group, as text.',
    },
    example: 'A-00001',
  },
  {
    key: 'kind',
    zh: '口径',
    en: 'Total',
    required: true,
    aliases: ['合同额类别'],
    explain: {
      zh: '“年度成交额”“累计成交额”或“预计后续合同额”（办法第十二条），三者分列，不相加。',
      en: '"yearly", "cumulative" or "expected" (Article 12): kept apart, never added together.',
    },
    example: '年度成交额',
  },
  {
    key: 'year',
    zh: '年度',
    en: 'Year',
    aliases: ['年份'],
    isCode: true,
    explain: { zh: '年度成交额须填，公历年；其他口径留空。', en: 'For a yearly total, the calendar year; else empty.' },
    example: '2026',
  },
  {
    key: 'amount',
    zh: '金额（万元）',
    en: 'Amount (10,000 yuan)',
    required: true,
    aliases: ['合同额', '成交额', '含税金额'],
    explain: { zh: '含税，万元，最多六位小数。', en: 'With tax, at most six decimals.' },
    example: '26020',
  },
  {
    key: 'asOf',
    zh: '截至日期',
    en: 'As of',
    required: true,
    aliases: ['统计截至', '截止日期'],
    isCode: true,
    explain: { zh: '数据统计到哪一天。', en: 'The day the figure stands for.' },
    example: '2026-10-31',
  },
];

export type ContractTotalRow = {
  /** An archive number as it was written, or a credit code, normalised. */
  readonly account: string;
  readonly kind: 'yearly' | 'cumulative' | 'expected';
  readonly year: number | null;
  readonly amount: bigint;
  readonly asOf: string;
};

type Reader<Value> = Parameters<typeof needed<Value>>[0];

const accountCell: Reader<string> = (given, refuse) => {
  const code = checkUscc(given);
  return code.ok ? code.code : text(40)(given, refuse);
};

const yearCell: Reader<number> = (given, refuse) => {
  const digits = /^(\d{4})年?$/.exec(given.normalize('NFKC'))?.[1];
  return digits && Number(digits) >= 1990 && Number(digits) <= 2999 ? Number(digits) : refuse('badYear');
};

const row = z.object({
  account: needed(accountCell),
  kind: needed(
    choice({
      yearly: ['年度成交额', 'yearly', '年度'],
      cumulative: ['累计成交额', 'cumulative', '累计'],
      expected: ['预计后续合同额', 'expected', '预计'],
    }),
  ),
  year: ifGiven(yearCell),
  amount: needed(wanCell),
  asOf: needed(dayCell),
});

/** How a row is read. */
export const contractTotalSchema = (): z.ZodType<ContractTotalRow> => row as unknown as z.ZodType<ContractTotalRow>;
