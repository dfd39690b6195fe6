import pg from 'pg';
import { expect, test } from 'vitest';
import { startCompany } from '../support/company.ts';

const company = await startCompany();

type Asked = { readonly client: pg.Client; readonly name: string; readonly values: readonly unknown[] };

/** What is asked of the database while `work` runs, by the statement's name or its first word. */
async function asked(work: () => Promise<unknown>): Promise<Asked[]> {
  const statements: Asked[] = [];
  const { query } = pg.Client.prototype;
  // biome-ignore lint/suspicious/noExplicitAny: what a client may be asked with has many shapes
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    const [first, second] = args;
    const { name, text, values } = typeof first === 'string' ? { name: undefined, text: first, values: second } : first;
    statements.push({ client: this, name: name ?? text.trim().split(/\s/)[0], values: values ?? [] });
    // biome-ignore lint/suspicious/noExplicitAny: as above
    return (query as any).apply(this, args);
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}

test("a vote's transaction asks the database five times: the lock, what is known, what was answered before, the answer, what is written", async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  await company.task(caseId, 'vote');
  const [first = '', voter = ''] = (
    await company.deps.prisma.task.findMany({ where: { caseId, kind: 'vote', status: 'open' } })
  ).map(({ candidates }) => String(candidates[0]).slice('person:'.length));
  await company.vote(caseId, first, 'for');
  const statements = await asked(() => company.vote(caseId, voter, 'for'));
  const load = statements.find(({ name, values }) => name === 'load-case' && values.includes(voter));
  const own = statements.filter(({ client }) => client === load?.client).map(({ name }) => name);
  const at = own.indexOf('load-case');
  const begin = own.lastIndexOf('BEGIN', at);
  expect(own.slice(begin + 1, own.indexOf('COMMIT', at))).toEqual([
    'lock-case',
    'load-case',
    'answered',
    'keep-answer',
    expect.any(String),
  ]);
});
