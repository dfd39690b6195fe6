import type { AccountSummary } from '../../api/contract/accounts.ts';
import type { ImportView } from '../../api/contract/imports.ts';
import { Difference, expectSame } from './calls.ts';
import { freshCode } from './form.ts';
import type { Scene } from './scene.ts';

const CLERK = 'data-clerk';
const OFFICE = 'office-clerk-1';

/** A key account that was established before this system, with the decision it rests on. */
const HEADINGS =
  '单位名称,单位代码,级别,推荐单位,专职客户经理,确立日期,决定文号,决定日期,决定机构,预计后续合同额（万元）';
const tableOf = (name: string, code: string): string =>
  `${HEADINGS}\n${name},${code},分公司级,华东分公司,华东分公司客户经理甲,2024-03-15,公司发〔2024〕18号,2024-03-12,大客户管理委员会,15000\n`;

export type LedgerAccount = { readonly id: string; readonly code: string };

/** 台账: what exists is taken over by two persons, once. @returns the account */
export async function tellLedger({ calls, story }: Scene): Promise<LedgerAccount> {
  story.title('台账：导入既有大客户', 'Taking over what was established before');
  const name = `东江示例水务集团${Date.now().toString(36).toUpperCase()}有限公司`;
  const code = freshCode('91320000');
  const brought = await calls.bring<ImportView>(CLERK, 'ledger', tableOf(name, code));
  const counts = [brought.rows, brought.newRows, brought.refusedRows];
  expectSame('台账检查 · the ledger is checked', counts, [1, 1, 0]);
  await calls.refused(CLERK, `/imports/${brought.id}/application`, {}, 'forbidden');
  const applied = await calls.post<ImportView>(OFFICE, `/imports/${brought.id}/application`, {});
  expectSame('台账导入 · the ledger is taken over', [applied.state, applied.newRows], ['applied', 1]);
  await calls.refused(OFFICE, `/imports/${brought.id}/application`, {}, 'alreadyTakenOver');
  story.check('既有大客户从台账导入：一人检查、另一人确认，同一表格再导不变', 'existing accounts are taken over, once');
  const { items } = await calls.post<{ items: AccountSummary[] }>(OFFICE, '/accounts/search', { text: name });
  const [account] = items;
  if (!account) throw new Difference(`没有导入 · not taken over: ${name}`);
  return { id: account.id, code };
}
