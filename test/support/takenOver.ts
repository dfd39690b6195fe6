import type { AccountView } from '../../api/contract/accounts.ts';
import type { ImportView } from '../../api/contract/imports.ts';
import type { Persons } from './persons.ts';
import { csv } from './tables.ts';

/** Key accounts of central's with these names, on the list, taken over from a ledger. @returns their ids, in that order */
export async function takenOver(persons: Persons, names: readonly string[]): Promise<readonly string[]> {
  const row = {
    级别: '分公司级',
    推荐单位: '华中分公司',
    专职客户经理: '华中分公司客户经理甲',
    确立日期: '2024-03-15',
    决定文号: '公司发〔2024〕18号',
    决定日期: '2024-03-12',
    决定机构: '大客户管理委员会',
    '预计后续合同额（万元）': '15000',
    已列入名单: '是',
  };
  const table = new FormData();
  table.set('kind', 'ledger');
  table.set('file', new Blob([csv(names.map((name) => ({ 单位名称: name, ...row })))]), 'ledger.csv');
  const brought = await persons.ask<ImportView>('data-clerk', 'POST', '/imports', table);
  await persons.ask('office-clerk-1', 'POST', `/imports/${brought.id}/application`, {});
  const { items } = await persons.ask<{ items: readonly AccountView[] }>('office-clerk-1', 'GET', '/accounts?limit=50');
  return names.map((name) => String(items.find(({ client }) => client.name === name)?.id));
}
