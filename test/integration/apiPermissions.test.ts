import { describe, expect, test } from 'vitest';
import { allBodies } from '../../cases/processes.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const api = await startApi(company);

/** One person of every role, of the recommending unit and of another. */
const people = [
  ...['central-submitter', 'central-submitter-2', 'central-head', 'central-deputy', 'central-manager'],
  ...['east-submitter', 'east-head', 'east-deputy', 'east-manager'],
  ...['office-head', 'office-clerk-1', 'data-clerk', 'finance-head', 'finance-expert', 'legal-head', 'legal-expert'],
  ...['director', 'vice-director-1', 'system-admin', 'security-admin', 'auditor'],
];
const office = ['office-head', 'office-clerk-1'];
const voters = ['director', 'vice-director-1', 'east-head', 'east-deputy'];

/**
 * Who of them may answer what, state by state: the whole table, and everybody else is refused. The director votes last when
 * approving, and the recommending unit's seats are recused (系统默认).
 */
const table: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  endorsing: { endorse: ['central-head'] },
  screening: { screen: office },
  evaluating: { evaluate: ['finance-expert'], countersign: ['legal-head'] },
  approving: { vote: voters.filter((person) => person !== 'director'), record: office },
  nominating: { nominate: ['central-submitter', 'central-submitter-2', 'central-deputy'] },
  confirming: { vote: voters, record: office },
};
const allActions = [...new Set(Object.values(allBodies()).flatMap((actions) => Object.keys(actions)))];

const caseId = await company.submitted();

describe.each(Object.entries(table))('in the state %s', (state, kinds) => {
  test('the open tasks are those of the table, each answered by those it names and refused to everybody else', async () => {
    await company.carryTo(caseId, state);
    for (const kind of Object.keys(kinds)) await company.task(caseId, kind);
    const tasks = await company.deps.prisma.task.findMany({ where: { caseId, status: 'open' } });
    expect([...new Set(tasks.map((task) => task.kind))].sort()).toEqual(Object.keys(kinds).sort());

    const answering = new Map(Object.keys(kinds).map((kind) => [kind, new Set<string>()]));
    for (const task of tasks) {
      for (const as of people) {
        const { body: view } = await api.get(`/tasks/${task.id}`, { as });
        const may: readonly string[] = view.mayDecide ?? [];
        if (may.length > 0) answering.get(task.kind)?.add(as);
        for (const action of may.length > 0 ? [] : task.actions) {
          const { status, body } = await api.post(`/tasks/${task.id}/decisions`, { as, body: { action } });
          expect([status, body.code], `${as} ${action} on ${task.kind}`).toEqual([
            403,
            expect.stringMatching(/^(notCandidate|conflicted|separation)$/),
          ]);
        }
        for (const action of may.length > 0 ? allActions.filter((each) => !task.actions.includes(each)) : []) {
          const { status, body } = await api.post(`/tasks/${task.id}/decisions`, { as, body: { action } });
          expect([status, body.code], `${as} ${action} on ${task.kind}`).toEqual([409, 'notYourMatter']);
        }
      }
    }
    const found = Object.fromEntries([...answering].map(([kind, persons]) => [kind, [...persons].sort()]));
    expect(found).toEqual(
      Object.fromEntries(Object.entries(kinds).map(([kind, persons]) => [kind, [...persons].sort()])),
    );
    expect((await company.caseRow(caseId)).state).toBe(state);
  });
});

test('in a terminal state nobody answers anything any more', async () => {
  await company.carryTo(caseId, 'established');
  const tasks = await company.deps.prisma.task.findMany({ where: { caseId } });
  expect(tasks.filter((task) => task.status === 'open')).toEqual([]);
  for (const task of tasks.filter((each) => each.kind !== 'vote')) {
    for (const as of ['central-submitter', 'central-head', 'office-head', 'director']) {
      const { status } = await api.post(`/tasks/${task.id}/decisions`, { as, body: { action: task.actions[0] } });
      expect([403, 409]).toContain(status);
    }
  }
});
