import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { ImportView } from '../../api/contract/imports.ts';
import { demoOrganisation } from '../../cases/demoOrganisation.ts';
import { createCalls, expectSame } from '../demo/calls.ts';
import { freshCode } from '../demo/form.ts';
import type { DemoSystem } from '../demo/system.ts';

const HEADINGS =
  '单位名称,单位代码,级别,推荐单位,专职客户经理,确立日期,决定文号,决定日期,决定机构,预计后续合同额（万元）,已列入名单';
const DECISION = '2024-03-15,公司发〔2024〕18号,2024-03-12,大客户管理委员会';
const STANDS_WITHIN_MS = 300_000;

/**
 * Takes over so many key accounts in one ledger, as a company does on its first day: in a few statements, spread over the branches and their
 * managers, each fifth of the company's level, all on the list. Resolves once each has its own execution.
 */
export async function takeOverAccounts(
  system: Pick<DemoSystem, 'url' | 'tokens'>,
  pool: Pick<Pool, 'query'>,
  count: number,
): Promise<void> {
  const calls = createCalls(system);
  const brought = await calls.bring<ImportView>('data-clerk', 'ledger', ledgerOf(count));
  const applied = await calls.post<ImportView>('office-clerk-1', `/imports/${brought.id}/application`, {});
  expectSame('the ledger is taken over', [applied.state, applied.newRows], ['applied', count]);
  const end = Date.now() + STANDS_WITHIN_MS;
  for (;;) {
    const { rows } = await pool.query('SELECT 1 FROM accounts WHERE clock_at IS NULL AND closed_at IS NULL LIMIT 1');
    if (rows.length === 0) return;
    if (Date.now() > end) throw new Error('an account that was taken over has no execution');
    await pause(200);
  }
}

function ledgerOf(count: number): string {
  const branches = demoOrganisation.units.filter(({ kind }) => kind === 'branch');
  const managers = branches.flatMap(({ id, name }) =>
    demoOrganisation.persons
      .filter((person) => person.unitId === id && person.id.includes('-manager'))
      .map((person) => [name, person.name] as const),
  );
  const rows = Array.from({ length: count }, (_, index) => {
    const [unit, manager] = managers[index % managers.length] ?? [];
    const code = freshCode('91420000');
    const [grade, expected] = index % 5 === 0 ? ['公司级', 30_000] : ['分公司级', 15_000];
    return `云澜示例${code.slice(-10)}有限公司,${code},${grade},${unit},${manager},${DECISION},${expected},是`;
  });
  return `${[HEADINGS, ...rows].join('\n')}\n`;
}
