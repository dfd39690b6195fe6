import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { coRecommend } from '../../cases/coRecommendation.ts';
import { decide } from '../../cases/decision.ts';
import { bodyHash } from '../../cases/idempotency.ts';
import { leave } from '../../cases/people.ts';
import type { BallotProof, RollEntry } from '../../domain/ballot.ts';
import { recompute } from '../../domain/ballot.ts';
import { businessDaysBetween } from '../../domain/calendar.ts';
import { fillSeatByTwo } from '../support/appointing.ts';
import { branchLevel, exampleForm, startCompany } from '../support/company.ts';
import { fileOf } from '../support/fileOf.ts';

const company = await startCompany({ timeSkipping: true });
const { prisma } = company.deps;

const members = ['east', 'south', 'southwest', 'north'].flatMap((unit) => [`${unit}-head`, `${unit}-deputy`]);
const others = ['vice-director-1', 'vice-director-2', ...members];

async function approving(change?: Parameters<typeof company.submitted>[0]): Promise<string> {
  const caseId = await company.submitted(change);
  await company.carryTo(caseId, 'approving');
  await company.task(caseId, 'vote');
  return caseId;
}

async function vote(caseId: string, persons: readonly string[], choice: string): Promise<void> {
  for (const person of persons) await company.vote(caseId, person, choice);
}

/** A member declares that he is concerned, and the director accepts it. */
async function recuse(caseId: string, persons: readonly string[], decider = 'director'): Promise<void> {
  for (const person of persons) {
    await company.answer(caseId, person, 'vote', 'recuse', { reason: '与客户存在利益关系' });
    await company.answer(caseId, decider, 'decideRecusal', 'accept');
  }
}

/** Business days by weekends alone: no public holiday falls into the days of this file. */
const businessDays = (from: Date | null, to: Date) =>
  businessDaysBetween({ version: 'weekends', years: {} }, (from?.getTime() ?? 0) - 1, to.getTime());

const today = () => new Date().toISOString().slice(0, 10);

const closed = (caseId: string, step = 'approving') =>
  company.until(`end of ballot ${step}`, async () => {
    const ballot = await company.ballot(caseId, step);
    return ballot.status === 'closed' ? ballot : null;
  });

const rollOf = (ballot: { roll: unknown }) => ballot.roll as RollEntry[];
const proofOf = (ballot: { proof: unknown }) => ballot.proof as BallotProof;
const openVotes = (caseId: string) => prisma.task.findMany({ where: { caseId, kind: 'vote', status: 'open' } });
const kinds = async (caseId: string, ...wanted: string[]) =>
  (await company.facts(caseId, ...wanted)).map((fact) => fact.kind);

const minutes = (caseId: string): Promise<string> =>
  fileOf(company, caseId, { purpose: 'minutes', by: 'office-clerk-1' });

describe('the director votes last 末位表态', () => {
  // Articles 3 and 4.6: the committee, its director last.
  test('his task opens when all others have acted, and his vote closes the ballot', async () => {
    const caseId = await approving();
    const before = await openVotes(caseId);
    expect(before.flatMap((task) => task.candidates).sort()).toEqual(others.map((id) => `person:${id}`).sort());
    await vote(caseId, others.slice(1), 'for');
    expect(await kinds(caseId, 'directorsTurn')).toEqual([]);
    await vote(caseId, others.slice(0, 1), 'against');
    const turn = await openVotes(caseId);
    expect(turn.map((task) => task.candidates)).toEqual([['person:director']]);
    await company.vote(caseId, 'director', 'for');
    const ballot = await company.ballot(caseId);
    expect(ballot).toMatchObject({ status: 'closed', outcome: 'passed' });
    expect(proofOf(ballot)).toMatchObject({ closedBy: 'complete', tally: { N: 13, R: 2, B: 11, P: 11, for: 10 } });
    expect(recompute(proofOf(ballot))).toMatchObject({ outcome: 'passed' });
    await company.state(caseId, 'nominating');
  });

  test('his task opens when the others’ time is up; then their votes are final and the silent ones too late', async () => {
    const caseId = await approving();
    await vote(caseId, others.slice(2), 'for');
    await company.passTo((await company.ballot(caseId)).dueAt);
    await company.task(caseId, 'vote', 'director');
    await expect(company.voter(caseId, 'east-head', 'vote', { choice: 'against' })).rejects.toMatchObject({
      code: 'voteFinal',
    });
    await expect(company.voter(caseId, 'vice-director-1', 'vote', { choice: 'for' })).rejects.toMatchObject({
      code: 'voteFinal',
    });
    await company.vote(caseId, 'director', 'abstain');
    expect(await company.ballot(caseId)).toMatchObject({ outcome: 'passed', proof: { tally: { P: 9, for: 8 } } });
  });

  test('his two days pass and the ballot closes without him', async () => {
    const caseId = await approving();
    await vote(caseId, others, 'for');
    const { directorDueAt, openedAt } = await company.ballot(caseId);
    expect(directorDueAt?.getTime()).toBeGreaterThan(openedAt.getTime() + 24 * 3_600_000);
    await company.passTo(directorDueAt);
    const ballot = await closed(caseId);
    expect(proofOf(ballot)).toMatchObject({ closedBy: 'deadline', outcome: 'passed', tally: { P: 10, for: 10 } });
    await company.state(caseId, 'nominating');
  });

  test('recused, he is skipped', async () => {
    const caseId = await approving();
    await vote(caseId, others, 'for');
    await recuse(caseId, ['director'], 'vice-director-1');
    const ballot = await closed(caseId);
    expect(proofOf(ballot)).toMatchObject({ closedBy: 'complete', tally: { R: 3, B: 10, P: 10 } });
  });

  // Article 4.6: ratifying 批准 is another act than approving 审定.
  test('does not hold for ratifying 批准: there he is asked with the others', async () => {
    const caseId = await approving(branchLevel);
    expect(await openVotes(caseId)).toHaveLength(11);
    expect((await company.ballot(caseId)).rule).toMatchObject({ matter: 'ratify', directorLast: false });
  });
});

describe('no quorum', () => {
  async function inquorate(): Promise<string> {
    const caseId = await approving();
    await vote(caseId, members.slice(0, 3), 'for');
    for (let extended = 0; extended < 2; extended++) {
      await company.passTo((await company.ballot(caseId)).dueAt);
      await company.task(caseId, 'vote', 'director');
      await company.passTo((await company.ballot(caseId)).directorDueAt);
    }
    await company.task(caseId, 'resolveInquorate');
    return caseId;
  }

  test('extends a ballot once by five days, votes kept, and then it is inquorate 流会', async () => {
    const caseId = await approving();
    const { dueAt } = await company.ballot(caseId);
    await vote(caseId, members.slice(0, 3), 'for');
    await company.passTo(dueAt);
    await company.task(caseId, 'vote', 'director');
    const first = await company.ballot(caseId);
    await company.passTo(first.directorDueAt);
    const extended = await company.until('extension', async () => {
      const ballot = await company.ballot(caseId);
      return ballot.dueAt > dueAt ? ballot : null;
    });
    expect(extended).toMatchObject({ status: 'open', standing: { extended: true }, directorDueAt: null });
    expect(businessDays(first.directorDueAt, extended.dueAt)).toBe(5);
    expect((await openVotes(caseId)).map((task) => task.dueAt)).toEqual(Array(7).fill(extended.dueAt));
    await company.passTo(extended.dueAt);
    await company.task(caseId, 'vote', 'director');
    await company.passTo((await company.ballot(caseId)).directorDueAt);
    const ballot = await closed(caseId);
    expect(proofOf(ballot)).toMatchObject({ outcome: 'inquorate', tally: { P: 3 }, reasonCode: 'quorumNotReached' });
    expect(await kinds(caseId, 'ballotExtended')).toHaveLength(1);
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'approving', closedAt: null });
  });

  test('the office names substitutes once; they count in the body and the votes are kept', async () => {
    const caseId = await inquorate();
    await company.answer(caseId, 'office-clerk-1', 'resolveInquorate', 'substitute', {
      substitutes: [
        { seatId: 'seat-4', personId: 'finance-head' },
        { seatId: 'seat-5', personId: 'legal-head' },
      ],
    });
    await company.task(caseId, 'vote', 'finance-head');
    expect(await openVotes(caseId)).toHaveLength(9);
    await vote(
      caseId,
      ['finance-head', 'legal-head', ...others.filter((id) => !members.slice(0, 3).includes(id))],
      'for',
    );
    await company.vote(caseId, 'director', 'for');
    expect(await company.ballot(caseId)).toMatchObject({
      round: 2,
      outcome: 'passed',
      proof: { tally: { N: 13, B: 13, P: 13, substitutes: 2 } },
    });
    await company.state(caseId, 'nominating');
  });

  test('substitutes stand in again when the matter is put to the vote anew after a tie', async () => {
    const caseId = await inquorate();
    await company.answer(caseId, 'office-clerk-1', 'resolveInquorate', 'substitute', {
      substitutes: [{ seatId: 'seat-4', personId: 'finance-head' }],
    });
    await company.task(caseId, 'vote', 'finance-head');
    await vote(caseId, members.slice(3, 6), 'for');
    await vote(caseId, [...members.slice(6), 'vice-director-1', 'vice-director-2', 'finance-head'], 'against');
    await company.vote(caseId, 'director', 'against');
    expect(await company.ballot(caseId)).toMatchObject({ outcome: 'deferred', proof: { tally: { B: 12, for: 6 } } });
    await company.passTo((await company.task(caseId, 'scheduleRunoff')).dueAt);
    await company.task(caseId, 'vote', 'finance-head');
    const ballot = await company.ballot(caseId);
    expect(ballot).toMatchObject({ round: 3, status: 'open', standing: { runoff: true } });
    expect(await openVotes(caseId)).toHaveLength(11);
    await company.voteAll(caseId, 'approving', 'for');
    expect(await company.ballot(caseId)).toMatchObject({ outcome: 'passed', proof: { tally: { B: 12, P: 12 } } });
  });

  test('substitutes are not named a second time', async () => {
    const caseId = await inquorate();
    await company.answer(caseId, 'office-clerk-1', 'resolveInquorate', 'substitute', {
      substitutes: [{ seatId: 'seat-4', personId: 'finance-head' }],
    });
    await company.task(caseId, 'vote', 'finance-head');
    await company.passTo((await company.ballot(caseId)).dueAt);
    await company.task(caseId, 'vote', 'director');
    await company.passTo((await company.ballot(caseId)).directorDueAt);
    expect(await company.task(caseId, 'resolveInquorate')).toMatchObject({ actions: ['recordHigherBody', 'lapse'] });
    expect(await company.ballot(caseId)).toMatchObject({ round: 2, outcome: 'inquorate' });
  });

  test.each([
    ['passed', 'nominating'],
    ['failed', 'rejected'],
  ])('a higher body’s decision, %s, leads to %s, with its minutes as evidence', async (decision, state) => {
    const caseId = await inquorate();
    await expect(
      company.answer(caseId, 'office-clerk-1', 'resolveInquorate', 'recordHigherBody', {
        decision,
        body: '总经理办公会',
        minutesAttachmentId: randomUUID(),
      }),
    ).rejects.toMatchObject({ code: 'invalid', field: 'minutesAttachmentId' });
    const minutesAttachmentId = await minutes(caseId);
    await company.answer(caseId, 'office-clerk-1', 'resolveInquorate', 'recordHigherBody', {
      decision,
      body: '总经理办公会',
      minutesAttachmentId,
    });
    await company.state(caseId, state);
    const ballot = await company.ballot(caseId);
    expect(proofOf(ballot)).toMatchObject({ decidedBy: 'higherBody', higherBody: { evidenceId: minutesAttachmentId } });
  });

  test('the office may let the matter lapse', async () => {
    const caseId = await inquorate();
    await company.answer(caseId, 'office-clerk-2', 'resolveInquorate', 'lapse', { reason: '不再推进' });
    await company.state(caseId, 'lapsed');
  });

  test('silence on it goes to the office’s head, then to the director, and decides nothing', async () => {
    const caseId = await inquorate();
    const task = await company.task(caseId, 'resolveInquorate');
    await company.passTo(task.dueAt);
    const atHead = await company.task(caseId, 'resolveInquorate');
    expect(atHead).toMatchObject({ level: 1, candidates: ['role:office@', 'role:unitHead@office'] });
    await company.passTo(atHead.dueAt);
    const atDirector = await company.task(caseId, 'resolveInquorate');
    expect(atDirector).toMatchObject({ level: 2, candidates: ['role:office@', 'role:unitHead@office', 'seat:seat-1'] });
    await company.passTo(new Date((atDirector.dueAt as Date).getTime() + 60 * 86_400_000));
    expect(await company.task(caseId, 'resolveInquorate')).toMatchObject({ id: task.id, status: 'open' });
    await company.answer(caseId, 'director', 'resolveInquorate', 'lapse', { reason: '不再推进' });
    await company.state(caseId, 'lapsed');
  });

  test('is told at once where too many are recused for any quorum', async () => {
    const caseId = await approving();
    await recuse(caseId, members.slice(0, 5));
    const ballot = await company.ballot(caseId);
    expect(proofOf(ballot)).toMatchObject({
      closedBy: 'unreachable',
      outcome: 'inquorate',
      reasonCode: 'bodyBelowQuorum',
      tally: { B: 6 },
    });
    await company.task(caseId, 'resolveInquorate');
  });
});

describe('exactly half', () => {
  const half = [...members.slice(1, 6)];
  async function tie(caseId: string, votersFor: readonly string[]): Promise<void> {
    await vote(caseId, votersFor, 'for');
    const rest = [...others, 'director'].filter((id) => id !== 'east-head' && !votersFor.includes(id));
    await vote(caseId, rest, 'against');
  }
  async function deferred(): Promise<string> {
    const caseId = await approving();
    await recuse(caseId, ['east-head']);
    await tie(caseId, half);
    expect(await company.ballot(caseId)).toMatchObject({ outcome: 'deferred', proof: { tally: { B: 10, for: 5 } } });
    await company.task(caseId, 'scheduleRunoff');
    return caseId;
  }
  const day = (instant: Date) => new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

  test('is deferred; the office dates a new ballot, which opens on that day with recusals kept and no votes', async () => {
    const caseId = await deferred();
    const { dueAt } = await company.task(caseId, 'scheduleRunoff');
    const within = new Date((dueAt as Date).getTime() - 3 * 86_400_000);
    await company.answer(caseId, 'office-clerk-1', 'scheduleRunoff', 'schedule', { on: day(within) });
    const opening = Date.parse(`${day(within)}T00:00:00+08:00`);
    await company.passTo(new Date(opening - 10 * 60_000));
    expect(await company.ballot(caseId)).toMatchObject({ round: 1 });
    await company.passTo(new Date(opening));
    await company.task(caseId, 'vote', 'vice-director-1');
    const ballot = await company.ballot(caseId);
    expect(ballot).toMatchObject({ round: 2, status: 'open', standing: { runoff: true } });
    expect(rollOf(ballot).find((entry) => entry.personId === 'east-head')).toMatchObject({ recusal: 'declared' });
    expect(await openVotes(caseId)).toHaveLength(9);
    await vote(caseId, [...others.filter((id) => id !== 'east-head'), 'director'], 'for');
    await company.state(caseId, 'nominating');
  });

  test('cannot be dated beyond the ten days, nor before today', async () => {
    const caseId = await deferred();
    const { dueAt, openedAt } = await company.task(caseId, 'scheduleRunoff');
    for (const on of [
      day(new Date((dueAt as Date).getTime() + 3_600_000)),
      day(new Date(openedAt.getTime() - 86_400_000)),
    ]) {
      await expect(
        company.answer(caseId, 'office-clerk-1', 'scheduleRunoff', 'schedule', { on }),
      ).rejects.toMatchObject({ code: 'invalid', field: 'on' });
    }
  });

  test('left undated opens by itself; a second tie fails', async () => {
    const caseId = await deferred();
    await company.passTo((await company.task(caseId, 'scheduleRunoff')).dueAt);
    await company.task(caseId, 'vote', 'vice-director-1');
    await tie(caseId, half);
    expect(await company.ballot(caseId)).toMatchObject({
      round: 2,
      outcome: 'failed',
      proof: { decidedBy: 'runoff', reasonCode: 'exactlyHalf' },
    });
    await company.state(caseId, 'rejected');
  });
});

describe('recusal 回避', () => {
  test('declared and accepted, it voids the vote, which stays on record, and takes the person out of the body', async () => {
    const caseId = await approving();
    await company.vote(caseId, 'east-head', 'for');
    await company.voter(caseId, 'east-head', 'recuse', { reason: '与客户存在利益关系' });
    await company.answer(caseId, 'director', 'decideRecusal', 'accept');
    await expect(company.voter(caseId, 'east-head', 'vote', { choice: 'for' })).rejects.toMatchObject({
      code: 'conflicted',
    });
    await vote(
      caseId,
      others.filter((id) => id !== 'east-head'),
      'for',
    );
    await company.vote(caseId, 'director', 'for');
    const proof = proofOf(await company.ballot(caseId));
    expect(proof.tally).toMatchObject({ R: 3, B: 10, P: 10, for: 10 });
    expect(proof.votes.filter((each) => each.personId === 'east-head')).toMatchObject([
      { choice: 'for', counted: false, void: 'recused' },
    ]);
  });

  test('refused, the person goes on to vote', async () => {
    const caseId = await approving();
    await company.answer(caseId, 'east-head', 'vote', 'recuse', { reason: '同学关系' });
    await company.answer(caseId, 'director', 'decideRecusal', 'refuse', { reason: '不构成利益冲突' });
    await vote(caseId, [...others, 'director'], 'for');
    expect(proofOf(await company.ballot(caseId)).tally).toMatchObject({ R: 2, B: 11, P: 11 });
  });

  test('undecided at closing means not recused', async () => {
    const caseId = await approving();
    await company.vote(caseId, 'east-head', 'for');
    await company.voter(caseId, 'east-head', 'recuse', { reason: '同学关系' });
    await vote(
      caseId,
      others.filter((id) => id !== 'east-head'),
      'for',
    );
    await company.vote(caseId, 'director', 'for');
    expect(proofOf(await company.ballot(caseId)).tally).toMatchObject({ R: 2, B: 11, P: 11, for: 11 });
    expect(await prisma.task.findMany({ where: { caseId, kind: 'decideRecusal' } })).toMatchObject([
      { status: 'cancelled' },
    ]);
  });

  test('is decided by the director, and about himself by the first vice director not concerned', async () => {
    const caseId = await approving(branchLevel);
    await company.answer(caseId, 'vice-director-1', 'vote', 'recuse', { reason: '亲属任职' });
    expect(await company.task(caseId, 'decideRecusal')).toMatchObject({ candidates: ['person:director'] });
    await company.answer(caseId, 'director', 'vote', 'recuse', { reason: '亲属任职' });
    expect(await company.task(caseId, 'decideRecusal', 'vice-director-2')).toMatchObject({
      subject: { personId: 'director' },
    });
  });

  test('strikes the recommending unit by rule, without anybody’s declaration', async () => {
    const caseId = await approving();
    const roll = rollOf(await company.ballot(caseId));
    const struck = roll.filter((entry) => entry.recusal === 'rule').map((entry) => entry.personId);
    expect(struck).toEqual(['central-head', 'central-deputy']);
    expect((await openVotes(caseId)).flatMap((task) => task.candidates)).not.toContain('person:central-head');
  });

  test('declared after closing it changes nothing and the office reviews it', async () => {
    const caseId = await approving();
    await vote(caseId, [...others, 'director'], 'for');
    await company.state(caseId, 'nominating');
    await company.voter(caseId, 'east-head', 'recuse', { reason: '事后发现持有该客户股份' });
    expect(await company.task(caseId, 'reviewRecusal')).toMatchObject({
      candidates: ['role:office@'],
      subject: { personId: 'east-head' },
    });
    await company.answer(caseId, 'office-head', 'reviewRecusal', 'note', { opinion: '经核实不影响结果' });
    expect(await company.ballot(caseId)).toMatchObject({ outcome: 'passed', proof: { tally: { P: 11 } } });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'nominating' });
  });
});

describe('recusal that comes late or from another unit', () => {
  test('declared after the case has ended it is still reviewed', async () => {
    const caseId = await approving(branchLevel);
    await company.voteAll(caseId, 'approving', 'against');
    await company.state(caseId, 'rejected');
    await company.voter(caseId, 'east-head', 'recuse', { reason: '事后发现持有该客户股份' });
    await company.answer(caseId, 'office-head', 'reviewRecusal', 'note', { opinion: '不影响结果' });
    expect(await company.ballot(caseId)).toMatchObject({ outcome: 'failed' });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'rejected' });
  });

  test('a co-recommendation accepted while the ballot is open recuses the second unit at once (Article 7.4)', async () => {
    const form = exampleForm(branchLevel);
    const copy = (target: typeof form) => void Object.assign(target, structuredClone(form));
    const caseId = await approving(copy);
    const draft = await company.draft(copy, 'east-submitter');
    await coRecommend(company.deps, { personId: 'east-submitter', caseId: draft, reason: '我单位亦长期跟踪' });
    await company.vote(caseId, 'east-head', 'for');
    await company.answer(caseId, 'central-head', 'answerCoRecommendation', 'accept');
    await company.answer(caseId, 'office-head', 'answerCoRecommendation', 'accept');
    const roll = rollOf(await company.ballot(caseId));
    const struck = roll.filter((entry) => entry.recusal === 'rule').map((entry) => entry.personId);
    expect(struck).toEqual(['central-head', 'central-deputy', 'east-head', 'east-deputy']);
    expect((await openVotes(caseId)).flatMap((task) => task.candidates)).not.toContain('person:east-deputy');
    await company.voteAll(caseId, 'approving', 'for');
    expect(proofOf(await company.ballot(caseId)).votes.find((each) => each.personId === 'east-head')).toMatchObject({
      void: 'recused',
    });
  });
});

describe('votes', () => {
  test('may be changed while the ballot is open: the last counts, all are kept', async () => {
    const caseId = await approving();
    await company.vote(caseId, 'east-head', 'against', '收益存疑');
    await company.voter(caseId, 'east-head', 'vote', { choice: 'abstain' });
    await company.voter(caseId, 'east-head', 'vote', { choice: 'for' });
    await vote(caseId, [...others.filter((id) => id !== 'east-head'), 'director'], 'for');
    const { votes, tally } = proofOf(await company.ballot(caseId));
    expect(tally).toMatchObject({ P: 11, for: 11 });
    expect(votes.filter((each) => each.personId === 'east-head')).toMatchObject([
      { choice: 'against', void: 'changed' },
      { choice: 'abstain', void: 'changed' },
      { choice: 'for', counted: true },
    ]);
    await expect(company.voter(caseId, 'east-head', 'vote', { choice: 'against' })).rejects.toMatchObject({
      code: 'ballotClosed',
    });
  });

  test('are late once their time is up, even while nobody has closed the ballot yet', async () => {
    const caseId = await approving(branchLevel);
    await company.vote(caseId, 'east-head', 'for');
    const { id } = await company.ballot(caseId);
    await company.asleep(caseId);
    // The workflow does not know of this deadline: its timer stands for the old one.
    await prisma.$executeRaw`UPDATE ballots SET due_at = clock.now() - interval '1 second' WHERE id = ${id}`;
    for (const person of ['east-head', 'south-head'])
      await expect(company.voter(caseId, person, 'vote', { choice: 'against' })).rejects.toMatchObject({
        code: 'voteOverdue',
      });
    expect(await company.ballot(caseId)).toMatchObject({ status: 'open' });
  });

  // Article 11.
  test('are sealed until closing: no column of any table tells one choice from another', async () => {
    const caseId = await approving();
    // One idempotency key for all, so that nothing but the choice differs between them.
    const key = randomUUID();
    const choices = { 'east-head': 'for', 'east-deputy': 'for', 'south-head': 'against', 'south-deputy': 'abstain' };
    for (const [personId, choice] of Object.entries(choices)) {
      const { id } = await company.task(caseId, 'vote', personId);
      await decide(company.deps, { provenAt: new Date(), personId, taskId: id, action: 'vote', body: { choice }, key });
    }
    const cast = await company.facts(caseId, 'voted');
    expect(cast.map((fact) => fact.codes)).toEqual(Array(4).fill({}));
    expect(new Set(cast.map((fact) => fact.secret?.length)).size).toBe(1);
    const tables = await prisma.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('policy_versions')`;
    let text = '';
    for (const { name } of tables) {
      const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t`);
      for (const { row } of rows) if (row.includes(caseId)) text += `${row}\n`;
    }
    expect(text.length).toBeGreaterThan(1000);
    expect(/choice|against|abstain|["(,]for[",)]/.exec(text)?.[0]).toBeUndefined();
    // A digest that anybody can compute for each of the three choices would tell which one it was.
    const kept = await prisma.idempotencyKey.findMany({ where: { key } });
    const guessable = ['for', 'against', 'abstain'].map((choice) => bodyHash({ action: 'vote', body: { choice } }));
    expect(kept).toHaveLength(4);
    for (const { bodyHash: stored } of kept) expect(guessable).not.toContain(stored);
    // Nor may it tell who voted alike.
    expect(new Set(kept.map((each) => each.bodyHash)).size).toBe(4);
  });
});

describe('a meeting recorded from its minutes 代录', () => {
  const seats = (marks: Record<string, string>) =>
    Array.from({ length: 13 }, (_, index) => {
      const seatId = `seat-${index + 1}`;
      return { seatId, mark: marks[seatId] ?? (['seat-4', 'seat-5'].includes(seatId) ? 'recused' : 'for') };
    });
  const record = async (caseId: string, sheet: object[], clerk = 'office-clerk-1') =>
    company.answer(caseId, clerk, 'record', 'record', {
      meetingOn: '2026-11-20',
      minutesAttachmentId: await minutes(caseId),
      seats: sheet,
    });

  test('counts once a second person has checked it, and closes the ballot', async () => {
    const caseId = await approving();
    await record(caseId, seats({ 'seat-6': 'against', 'seat-7': 'absent', 'seat-8': 'writtenOpinion' }));
    expect(await company.ballot(caseId)).toMatchObject({ status: 'open' });
    await expect(company.answer(caseId, 'office-clerk-1', 'checkRecording', 'confirm')).rejects.toMatchObject({
      code: 'separation',
    });
    await company.answer(caseId, 'office-clerk-2', 'checkRecording', 'confirm');
    const ballot = await company.ballot(caseId);
    expect(proofOf(ballot)).toMatchObject({
      closedBy: 'recording',
      outcome: 'passed',
      tally: { P: 9, for: 8, against: 1 },
    });
    expect(recompute(proofOf(ballot))).toMatchObject({ outcome: 'passed' });
    const entered = await company.facts(caseId, 'voted');
    expect(entered.map((fact) => fact.enteredBy)).toEqual(Array(9).fill('office-clerk-1'));
    expect(entered.map((fact) => fact.actorId)).toContain('director');
    await company.state(caseId, 'nominating');
  });

  test('refused by the second person, changes nothing and may be entered again', async () => {
    const caseId = await approving();
    await record(caseId, seats({}));
    await company.answer(caseId, 'office-clerk-2', 'checkRecording', 'refuse', { reason: '与纪要不符' });
    expect(await company.facts(caseId, 'voted')).toEqual([]);
    await record(caseId, seats({ 'seat-6': 'against' }));
    await company.answer(caseId, 'office-clerk-2', 'checkRecording', 'confirm');
    expect(await company.ballot(caseId)).toMatchObject({ status: 'closed', proof: { tally: { for: 10 } } });
  });

  test('neither overwrites nor tries a member’s own vote: whoever voted himself is marked so', async () => {
    const caseId = await approving();
    await company.vote(caseId, 'east-head', 'against');
    for (const mark of ['for', 'against', 'abstain'])
      await expect(record(caseId, seats({ 'seat-6': mark }))).rejects.toMatchObject({ code: 'votedThemselves' });
    await expect(record(caseId, seats({ 'seat-6': 'ownVote', 'seat-7': 'ownVote' }))).rejects.toMatchObject({
      code: 'invalid',
    });
    await record(caseId, seats({ 'seat-6': 'ownVote' }));
    // Who votes between recording and check is not overwritten either.
    await company.vote(caseId, 'south-head', 'abstain');
    await expect(company.answer(caseId, 'office-clerk-2', 'checkRecording', 'confirm')).rejects.toMatchObject({
      code: 'votedThemselves',
    });
    await company.answer(caseId, 'office-clerk-2', 'checkRecording', 'refuse', { reason: '有委员已自行表决' });
    await record(caseId, seats({ 'seat-6': 'ownVote', 'seat-8': 'ownVote' }));
    await company.answer(caseId, 'office-clerk-2', 'checkRecording', 'confirm');
    expect(proofOf(await company.ballot(caseId)).tally).toMatchObject({ P: 11, for: 9, against: 1, abstain: 1 });
  });

  test('lists every seat, the absent too', async () => {
    const caseId = await approving();
    await expect(record(caseId, seats({}).slice(0, 12))).rejects.toMatchObject({ code: 'recordingIncomplete' });
    await expect(record(caseId, seats({ 'seat-4': 'for' }))).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('confirming the manager 批准客户经理', () => {
  async function nominated(managerId: string): Promise<string> {
    const caseId = await approving(branchLevel);
    await company.voteAll(caseId, 'approving', 'for');
    await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId });
    await company.state(caseId, 'confirming');
    await company.task(caseId, 'vote', 'director');
    return caseId;
  }

  // Article 7.1: the manager is confirmed by the committee.
  test('closes early once nothing the missing could do matters', async () => {
    const caseId = await nominated('central-manager');
    await vote(caseId, members.slice(0, 5), 'for');
    expect(await company.ballot(caseId, 'confirming')).toMatchObject({ status: 'open' });
    await company.vote(caseId, 'director', 'for');
    expect(await company.ballot(caseId, 'confirming')).toMatchObject({
      outcome: 'passed',
      proof: { closedBy: 'early' },
    });
    await company.state(caseId, 'established');
  });

  test('whoever nominated himself is recused by rule', async () => {
    const caseId = await approving(branchLevel);
    await company.voteAll(caseId, 'approving', 'for');
    await company.answer(caseId, 'central-deputy', 'nominate', 'nominate', { managerId: 'central-deputy' });
    await company.state(caseId, 'confirming');
    const { subject } = await company.ballot(caseId, 'confirming');
    expect(subject).toMatchObject({ personIds: ['central-deputy'] });
  });

  test.each([
    ['appoint', { managerId: 'central-deputy' }, 'established'],
    ['reject', { reason: '无合适人选' }, 'rejected'],
  ])('after three refusals the director decides: %s', async (action, body, state) => {
    const caseId = await nominated('central-manager');
    for (const next of ['central-manager-2', 'central-submitter-2', null]) {
      await company.voteAll(caseId, 'confirming', 'against');
      if (next === null) break;
      await company.state(caseId, 'nominating');
      await expect(
        company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager' }),
      ).rejects.toMatchObject({ code: 'nomineeUnfit' });
      await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: next });
      await company.state(caseId, 'confirming');
    }
    expect(await company.task(caseId, 'appoint')).toMatchObject({ candidates: ['seat:seat-1'] });
    await company.answer(caseId, 'director', 'appoint', action, body);
    await company.state(caseId, state);
  });
});

// These change the organisation for good, so they come last.
describe('people leave', () => {
  test('a nominee who leaves makes the ballot void and the unit nominates again', async () => {
    const caseId = await approving(branchLevel);
    await company.voteAll(caseId, 'approving', 'for');
    await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager-2' });
    await company.state(caseId, 'confirming');
    await company.task(caseId, 'vote', 'director');
    await leave(company.deps, {
      adminId: 'security-admin',
      personId: 'central-manager-2',
      on: '2026-11-23',
      document: '离任通知',
    });
    await company.state(caseId, 'nominating');
    expect(await company.ballot(caseId, 'confirming')).toMatchObject({ status: 'closed', outcome: 'unavailable' });
    await company.answer(caseId, 'central-submitter', 'nominate', 'nominate', { managerId: 'central-manager' });
    await company.state(caseId, 'confirming');
    await company.carryTo(caseId, 'established');
  });

  test('a successor inherits a seat that has not voted, and votes', async () => {
    const caseId = await approving();
    const { id } = await company.task(caseId, 'vote', 'north-head');
    await fillSeatByTwo(company, { seatId: 'seat-12', personId: 'north-manager' });
    await company.vote(caseId, 'north-manager', 'for');
    const late = { personId: 'north-head', taskId: id, action: 'vote', body: { choice: 'against' }, key: randomUUID() };
    await expect(decide(company.deps, { ...late, provenAt: new Date() })).rejects.toMatchObject({
      code: 'notCandidate',
    });
    const roll = rollOf(await company.ballot(caseId));
    expect(roll).toHaveLength(13);
    expect(roll.find((entry) => entry.seatId === 'seat-12')).toMatchObject({ personId: 'north-manager' });
  });

  test('a seat whose vote was given is not inherited', async () => {
    const caseId = await approving();
    await company.vote(caseId, 'south-head', 'against');
    await fillSeatByTwo(company, { seatId: 'seat-8', personId: 'south-manager' });
    const voters = (await openVotes(caseId)).flatMap((task) => task.candidates);
    expect(voters).not.toContain('person:south-manager');
    const roll = rollOf(await company.ballot(caseId));
    expect(roll.find((entry) => entry.seatId === 'seat-8')).toMatchObject({ personId: 'south-head' });
  });

  test('a seat filled again in the director’s turn votes first, and then the director’s time begins anew', async () => {
    const caseId = await approving();
    const voters = (await openVotes(caseId)).map((task) => String(task.candidates[0]).slice('person:'.length));
    await vote(
      caseId,
      voters.filter((id) => id !== 'southwest-head'),
      'for',
    );
    await leave(company.deps, {
      adminId: 'security-admin',
      personId: 'southwest-head',
      on: today(),
      document: '离任通知',
    });
    await company.task(caseId, 'vote', 'director');
    await fillSeatByTwo(company, { seatId: 'seat-10', personId: 'southwest-manager' });
    expect((await openVotes(caseId)).map((task) => task.candidates)).toEqual([['person:southwest-manager']]);
    expect(await company.ballot(caseId)).toMatchObject({ status: 'open', directorDueAt: null });
    await company.vote(caseId, 'southwest-manager', 'against');
    await company.vote(caseId, 'director', 'for');
    expect(proofOf(await company.ballot(caseId)).tally).toMatchObject({ N: 13, B: 11, P: 11, for: 10, against: 1 });
  });

  test('a vacant seat is silent and never shrinks the quorum; ratifying without a presider left is inquorate at once', async () => {
    const caseId = await approving(branchLevel);
    await recuse(caseId, ['director'], 'vice-director-1');
    await recuse(caseId, ['vice-director-1'], 'vice-director-2');
    expect(await company.ballot(caseId)).toMatchObject({ status: 'open' });
    await leave(company.deps, {
      adminId: 'security-admin',
      personId: 'vice-director-2',
      on: today(),
      document: '离任通知',
    });
    const ballot = await closed(caseId);
    expect(proofOf(ballot)).toMatchObject({
      outcome: 'inquorate',
      closedBy: 'unreachable',
      reasonCode: 'nobodyToPreside',
      tally: { N: 13, B: 9 },
    });
    await company.task(caseId, 'resolveInquorate');
  });
});
