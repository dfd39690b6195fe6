import { localDay } from '../../domain/calendar.ts';
import {
  coHoldersText,
  type EditionChange,
  type EditionLine,
  editionParts,
  type FieldChange,
  numbered,
  standing,
} from '../../domain/edition.ts';
import type { ReadEdition } from './editionViews.ts';

/** What the files of an edition say, the workbook and the notice alike: official text, in Chinese. */

/** That the layout is ours: the Measures give none. */
export const LAYOUT = '版式为系统默认';

export const partNames = { company: '公司级大客户名单', branch: '分公司级大客户名单' } as const;
const levels: Readonly<Record<string, string>> = { company: '公司级', branch: '分公司级' };
const changeNames = { new: '新增', changed: '变更', gone: '退出' } as const;
const struckNames = { terminated: '终止合作', delisted: '调出名单' } as const;
const fieldNames: Readonly<Record<FieldChange['field'], string>> = {
  clientName: '单位名称',
  grade: '级别',
  managedBy: '对接层级',
  unitId: '推荐单位',
  managerId: '专职客户经理',
  coHolders: '增加的推荐单位',
};

/** `第2期`, or `送审稿` before it is published. */
export const issueOf = ({ row }: ReadEdition): string => (row.number === null ? '送审稿' : `第${row.number}期`);
export const titleOf = (edition: ReadEdition): string => `大客户名单（${issueOf(edition)}）`;

/** `2026年11月28日`, in Arabic numerals (GB/T 9704-2012); of a day YYYY-MM-DD. */
export function dateText(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
export const dayOfTime = (time: Date): string => dateText(localDay(time.getTime()));

/** `普通商密★3年`; empty before the office has set it. */
export const secrecyOf = ({ row }: ReadEdition): string =>
  row.secrecyLevel ? `${row.secrecyLevel}★${row.secrecyTerm ?? ''}` : '';

export const lineHeadings = [
  '序号',
  '单位名称',
  '档案编号',
  '对接层级',
  '推荐单位',
  '专职客户经理',
  '增加的推荐单位',
  '确立日期',
  '备注',
] as const;

/** The lines of a part as rows of text under `lineHeadings`. What is struck out is seen by who decides and signs, and is not published. */
export function lineRows({ row, lines, changes, before }: ReadEdition, part: EditionLine['part']) {
  const changeOf = new Map(changes.map((change) => [change.accountId, change]));
  const remark = (line: EditionLine): string => {
    if (line.struckWhy) return `划去：${struckNames[line.struckWhy]}`;
    const change = changeOf.get(line.accountId);
    return before && change && change.change !== 'gone' ? changeNames[change.change] : '';
  };
  return numbered(row.publishedAt === null ? lines : standing(lines), part).map(({ line, no }) => ({
    struck: no === null,
    cells: [
      no === null ? '—' : String(no),
      line.clientName,
      line.archiveNo,
      levels[line.managedBy] ?? line.managedBy,
      line.unitName,
      line.managerName ?? '空缺',
      coHoldersText(line),
      line.establishedOn,
      remark(line),
    ],
  }));
}

export const changeHeadings = ['变化', '单位名称', '档案编号', '项目', '上一期', '本期'] as const;

/** What is new, changed and gone, one row a changed field, as rows of text under `changeHeadings`. */
export function changeRows({ changes }: ReadEdition): string[][] {
  const value = ({ field }: FieldChange, text: string) =>
    field === 'grade' || field === 'managedBy' ? (levels[text] ?? text) : text || '无';
  return changes.flatMap((change) => {
    const who = [changeNames[change.change], change.clientName, change.archiveNo];
    if (change.change !== 'changed') return [[...who, '', '', '']];
    return change.fields.map((each) => [...who, fieldNames[each.field], value(each, each.was), value(each, each.is)]);
  });
}

/** How many, in words. */
export function countsText(edition: ReadEdition): string {
  const stand = standing(edition.lines);
  const parts = editionParts.map((part) => `${levels[part]}${stand.filter((line) => line.part === part).length}户`);
  return `共${stand.length}户，其中${parts.join('、')}`;
}

export function comparedText({ before, changes }: ReadEdition): string {
  if (!before) return '本期为首期';
  const counted = (kind: EditionChange['change']) => changes.filter(({ change }) => change === kind).length;
  return `与第${before.number}期相比，新增${counted('new')}户、退出${counted('gone')}户、变更${counted('changed')}户`;
}
