import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { BallotView } from '../../api/contract/ballots.ts';
import { registerProcess } from '../../cases/processes.ts';
import { verifyStored } from '../../cases/verification.ts';
import type { RollEntry } from '../../domain/ballot.ts';
import { agreementOf, type Proof } from '../../domain/choice.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';
import { movesOf } from '../support/moves.ts';
import { beginChoosing, choosingProcess } from '../support/tinyChoice/definition.ts';

// Article 10.3 asks the committee to choose; how it is counted is 系统默认.
registerProcess(choosingProcess);
const workflows = fileURLToPath(new URL('../support/tinyChoice/workflows.ts', import.meta.url));
const company = await startCompany({ workflows, timeSkipping: true });
const api = await startApi(company);
const begun: string[] = [];

async function begin(): Promise<string> {
  const { caseId } = await beginChoosing(company.deps, 'east-submitter');
  begun.push(caseId);
  await company.task(caseId, 'vote', 'director');
  return caseId;
}

const ballot = (caseId: string) => company.ballot(caseId, 'choosing');
const round = (caseId: string, number: number) =>
  company.until(`ballot ${number}`, async () => {
    const newest = await ballot(caseId);
    return newest.round === number ? newest : null;
  });
const voters = async (caseId: string): Promise<string[]> =>
  ((await ballot(caseId)).roll as unknown as RollEntry[]).map(({ personId }) => personId);

/** The first of the roll vote as they are told, in order. */
async function votes(caseId: string, ...choices: readonly string[]): Promise<void> {
  const all = await voters(caseId);
  for (const [index, choice] of choices.entries()) await company.vote(caseId, all[index] as string, choice);
}
const times = (count: number, choice: string): string[] => Array(count).fill(choice);
const viewOf = async (caseId: string): Promise<BallotView[]> =>
  (await api.get(`/cases/${caseId}/ballots`, { as: 'office-clerk-1' })).body.items;

test('an option that nothing can change any more is decided, early, and ends the case as such', async () => {
  const caseId = await begin();
  await votes(caseId, 'mild', ...times(6, 'grave'));
  expect((await ballot(caseId)).status).toBe('open');
  const [open] = await viewOf(caseId);
  expect(open).toMatchObject({ votes: ['mild', 'middling', 'grave', 'abstain'], tally: { options: null, present: 7 } });
  const all = await voters(caseId);
  await company.vote(caseId, all[7] as string, 'grave');
  await company.state(caseId, 'grave');
  const [closed] = await viewOf(caseId);
  expect(closed).toMatchObject({ outcome: 'grave', decided: true, closedBy: 'early', reasonCode: null });
  expect(closed?.tally.options).toEqual([
    { option: 'mild', votes: 1 },
    { option: 'middling', votes: 0 },
    { option: 'grave', votes: 7 },
  ]);
  const proof = await api.get(`/cases/${caseId}/ballots/${closed?.id}/proof`, { as: 'office-clerk-1' });
  expect(proof.body).toMatchObject({ agrees: true, differences: [] });
});

test('without a majority the two leading are put to the vote again, and only they', async () => {
  const caseId = await begin();
  const recused = (await voters(caseId)).at(-1) as string;
  await company.answer(caseId, recused, 'vote', 'recuse', { reason: '与客户存在利益关系' });
  await company.answer(caseId, 'director', 'decideRecusal', 'accept');
  await votes(caseId, ...times(3, 'mild'), ...times(4, 'middling'), ...times(5, 'grave'));
  const second = await round(caseId, 2);
  expect(second).toMatchObject({ question: { finalists: ['middling', 'grave'] }, status: 'open' });
  expect(second.roll).toContainEqual(expect.objectContaining({ personId: recused, recusal: 'declared' }));
  await company.task(caseId, 'vote', 'director');
  const [first] = await voters(caseId);
  await expect(company.vote(caseId, first as string, 'mild')).rejects.toMatchObject({
    code: 'invalid',
    params: { field: 'choice', reason: 'middling | grave | abstain' },
  });
  await votes(caseId, ...times(12, 'middling').slice(0, 7));
  await company.state(caseId, 'middling');
  expect((await viewOf(caseId)).map(({ outcome, decided }) => [outcome, decided])).toEqual([
    ['secondBallot', null],
    ['middling', true],
  ]);
});

test('where the second ballot does not decide either, or finds no quorum, the mildest holds and is marked so', async () => {
  const caseId = await begin();
  await votes(caseId, ...times(6, 'middling'), ...times(7, 'grave').slice(0, 6), 'abstain');
  await round(caseId, 2);
  await company.task(caseId, 'vote', 'director');
  for (let deadline = 0; deadline < 2; deadline++) {
    await company.asleep(caseId);
    await company.passTo((await ballot(caseId)).dueAt);
    await company.until('what the deadline brings', async () => {
      const now = await ballot(caseId);
      return now.status === 'closed' || (now.standing as { extended: boolean }).extended;
    });
  }
  await company.state(caseId, 'mild');
  const closed = await ballot(caseId);
  expect(closed).toMatchObject({
    outcome: 'mild',
    proof: { outcome: 'notDecided', option: 'mild', closedBy: 'deadline' },
  });
  expect(agreementOf(closed.proof as unknown as Proof).agrees).toBe(true);
});

test('a meeting is recorded with the options that stand, and no other', async () => {
  const caseId = await begin();
  const minutesAttachmentId = await fileOf(company, caseId, { purpose: 'minutes', by: 'office-clerk-1' });
  const roll = (await ballot(caseId)).roll as unknown as RollEntry[];
  const sheet = (mark: string) => ({
    meetingOn: '2026-11-01',
    minutesAttachmentId,
    seats: roll.map(({ seatId }, index) => ({ seatId, mark: index < 8 ? mark : 'absent' })),
  });
  await expect(company.answer(caseId, 'office-clerk-1', 'record', 'record', sheet('for'))).rejects.toMatchObject({
    code: 'invalid',
  });
  await company.answer(caseId, 'office-clerk-1', 'record', 'record', sheet('middling'));
  await company.answer(caseId, 'office-clerk-2', 'checkRecording', 'confirm');
  await company.state(caseId, 'middling');
  expect((await ballot(caseId)).proof).toMatchObject({ closedBy: 'recording', tally: { counts: { middling: 8 } } });
});

test('a ballot that is for or against takes no option', async () => {
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'approving');
  await company.task(caseId, 'vote', 'east-head');
  await expect(company.vote(caseId, 'east-head', 'grave')).rejects.toMatchObject({ code: 'invalid' });
});

test('facts, table and proofs agree', async () => {
  for (const caseId of begun) {
    const moves = movesOf('choosing', await company.facts(caseId));
    expect(moves).toHaveLength(1);
    expect(moves[0]?.on).toBe(moves[0]?.to);
  }
  const { pool, keys } = company.deps;
  const { findings } = await verifyStored({ pool, keys, files: api.deps.files, client: company.client });
  // The minutes of this file are no file that was uploaded.
  expect(findings.filter(({ at, problem }) => !`${at} ${problem}`.includes('minutes-'))).toEqual([]);
});
