import type { AccountSummary } from '../../api/contract/accounts.ts';
import type { ImportView } from '../../api/contract/imports.ts';
import { Difference, expectSame } from './calls.ts';
import { freshCode } from './form.ts';
import type { Scene } from './scene.ts';

const CLERK = 'data-clerk';
const OFFICE = 'office-clerk-1';

export type LedgerAccount = { readonly id: string; readonly name: string; readonly code: string };

/** Key accounts that were established before this system, with the decision they rest on; the second is on the list. */
const HEADINGS =
  '单位名称,单位代码,级别,推荐单位,专职客户经理,确立日期,决定文号,决定日期,决定机构,预计后续合同额（万元）,已列入名单';
const BEGINNINGS = ['东江示例水务', '锡海示例港务', '苏源示例能源', '云港示例置业', '淮安示例纺织'];
const rowOf = ({ name, code }: Omit<LedgerAccount, 'id'>, index: number): string =>
  `${name},${code},分公司级,华东分公司,华东分公司客户经理甲,2024-03-15,公司发〔2024〕18号,2024-03-12,大客户管理委员会,15000,${index === 1 ? '是' : '否'}\n`;

type Ledger = [LedgerAccount, LedgerAccount, LedgerAccount, LedgerAccount, LedgerAccount];

/** 台账: what exists is taken over by two persons, once. @returns the accounts, in this order */
export async function tellLedger({ calls, story }: Scene): Promise<Ledger> {
  story.title('台账：导入既有大客户', 'Taking over what was established before');
  const mark = Date.now().toString(36).toUpperCase();
  const clients = BEGINNINGS.map((beginning) => ({
    name: `${beginning}集团${mark}有限公司`,
    code: freshCode('91320000'),
  }));
  const table = `${HEADINGS}\n${clients.map(rowOf).join('')}`;
  const brought = await calls.bring<ImportView>(CLERK, 'ledger', table);
  const counts = [brought.rows, brought.newRows, brought.refusedRows];
  expectSame('台账检查 · the ledger is checked', counts, [clients.length, clients.length, 0]);
  await calls.refused(CLERK, `/imports/${brought.id}/application`, {}, 'forbidden');
  const applied = await calls.post<ImportView>(OFFICE, `/imports/${brought.id}/application`, {});
  expectSame('台账导入 · the ledger is taken over', [applied.state, applied.newRows], ['applied', clients.length]);
  await calls.refused(OFFICE, `/imports/${brought.id}/application`, {}, 'alreadyTakenOver');
  story.check(
    `既有大客户 ${clients.length} 户从台账导入：一人检查、另一人确认，同一表格再导不变`,
    'existing accounts are taken over, once',
  );
  const accounts = await Promise.all(
    clients.map(async (client) => {
      const { items } = await calls.post<{ items: AccountSummary[] }>(OFFICE, '/accounts/search', {
        text: client.name,
      });
      const [account] = items;
      if (!account) throw new Difference(`没有导入 · not taken over: ${client.name}`);
      return { ...client, id: account.id };
    }),
  );
  return accounts as Ledger;
}
