import pg from 'pg';
import { expect, test } from 'vitest';
import { startCompany } from '../support/company.ts';

const company = await startCompany();

type Asked = {
  readonly client: pg.Client;
  readonly name: string;
  readonly values: readonly unknown[];
  /** How many statements had been answered by then: those with one number went out together. */
  readonly answered: number;
};

/** What is asked of the database while `work` runs, by the statement's name or its first word. */
async function asked(work: () => Promise<unknown>): Promise<Asked[]> {
  const statements: Asked[] = [];
  let answered = 0;
  const { query } = pg.Client.prototype;
  // biome-ignore lint/suspicious/noExplicitAny: what a client may be asked with has many shapes
  pg.Client.prototype.query = function (this: pg.Client, ...args: any[]) {
    const [first, second] = args;
    const { name, text, values } = typeof first === 'string' ? { name: undefined, text: first, values: second } : first;
    statements.push({ client: this, name: name ?? text.trim().split(/\s/)[0], values: values ?? [], answered });
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const answer = (query as any).apply(this, args);
    const count = () => {
      answered += 1;
    };
    Promise.resolve(answer).then(count, count);
    return answer;
  } as typeof query;
  try {
    await work();
  } finally {
    pg.Client.prototype.query = query;
  }
  return statements;
}

test("a vote's transaction goes to the database twice: for the lock with all that is known, and to write with the commit", async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  await company.task(caseId, 'vote');
  const [first = '', voter = ''] = (
    await company.deps.prisma.task.findMany({ where: { caseId, kind: 'vote', status: 'open' } })
  ).map(({ candidates }) => String(candidates[0]).slice('person:'.length));
  await company.vote(caseId, first, 'for');
  const statements = await asked(() => company.vote(caseId, voter, 'for'));
  const load = statements.find(({ name, values }) => name === 'load-case' && values.includes(voter));
  const own = statements.filter(({ client }) => client === load?.client);
  const names = own.map(({ name }) => name);
  const at = names.indexOf('load-case');
  const begin = names.lastIndexOf('BEGIN', at);
  const commit = names.indexOf('COMMIT', at);
  expect(names.slice(begin, commit + 1)).toEqual(['BEGIN', 'lock-case', 'load-case', expect.any(String), 'COMMIT']);
  const goes = own.slice(begin, commit + 1).map(({ answered }) => answered);
  expect(new Set(goes.slice(0, 3)).size).toBe(1);
  expect(new Set(goes.slice(3)).size).toBe(1);
});
