import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decide } from '../../cases/decision.ts';
import { delegate, revokeDelegation } from '../../cases/delegations.ts';
import { withdraw } from '../../cases/ending.ts';
import { submit } from '../../cases/submission.ts';
import { addApprover, claim, consult, copy, release, transfer, urge } from '../../cases/verbs.ts';
import { branchLevel, exampleScores, startCompany } from '../support/company.ts';

const company = await startCompany();
const { deps } = company;
const { prisma } = deps;

const HOUR = 3_600_000;
const key = () => randomUUID();
const on = (taskId: string, personId: string) => ({ taskId, personId, key: key() });
const act = (taskId: string, personId: string, action: string, body: unknown = {}) =>
  decide(deps, { provenAt: new Date(), ...on(taskId, personId), action, body });
const refused = (promise: Promise<unknown>, code: string) => expect(promise).rejects.toMatchObject({ code });

/** A case in the state, with its open task of the kind. */
async function waiting(state: string, kind: string): Promise<{ caseId: string; id: string }> {
  const caseId = await company.submitted(branchLevel);
  await company.carryTo(caseId, state);
  return { caseId, id: (await company.task(caseId, kind)).id };
}
const endorsing = () => waiting('endorsing', 'endorse');
const screening = () => waiting('screening', 'screen');
const accept = { evaluatorIds: ['finance-expert'], departmentIds: ['legal'] };
const told = (taskId: string, kind: string) => prisma.notification.findMany({ where: { taskId, kind } });

describe('claim 领取 and release 退领', () => {
  test('a claimed task is its holder’s alone until he lets it go', async () => {
    const { id } = await screening();
    await claim(deps, on(id, 'office-clerk-1'));
    await refused(claim(deps, on(id, 'office-clerk-2')), 'alreadyClaimed');
    await refused(act(id, 'office-clerk-2', 'accept', accept), 'alreadyClaimed');
    await refused(release(deps, on(id, 'office-clerk-2')), 'notCandidate');
    await release(deps, on(id, 'office-clerk-1'));
    await claim(deps, on(id, 'office-clerk-2'));
    await act(id, 'office-clerk-2', 'accept', accept);
  });

  test('is refused to those whose task it is not, and for a vote', async () => {
    const { caseId, id } = await screening();
    await refused(claim(deps, on(id, 'finance-head')), 'notCandidate');
    await company.carryTo(caseId, 'approving');
    const vote = await company.task(caseId, 'vote', 'east-head');
    await refused(claim(deps, on(vote.id, 'east-head')), 'notTransferable');
  });
});

describe('transfer 转交', () => {
  test('gives the task to a colleague of the unit, with its reason on record, and takes it from the giver', async () => {
    const { caseId, id } = await screening();
    await transfer(deps, { ...on(id, 'office-clerk-1'), to: 'office-clerk-2', reason: '休假' });
    await refused(act(id, 'office-clerk-1', 'accept', accept), 'notCandidate');
    expect(await told(id, 'taskTransferred')).toMatchObject([{ personId: 'office-clerk-2' }]);
    const [fact] = await company.facts(caseId, 'transferred');
    expect(fact).toMatchObject({ actorId: 'office-clerk-1', codes: { toId: 'office-clerk-2' } });
    expect(Buffer.from(fact?.secret ?? []).includes('休假')).toBe(false);
    await act(id, 'office-clerk-2', 'accept', accept);
  });

  test('is refused to another unit, to the submitter of what is examined, and for a vote', async () => {
    const { caseId, id } = await endorsing();
    const give = (to: string) => transfer(deps, { ...on(id, 'central-head'), to, reason: '出差' });
    await refused(give('east-head'), 'unfitPerson');
    await refused(give('central-submitter'), 'unfitPerson');
    await refused(give('nobody'), 'unfitPerson');
    await give('central-deputy');
    await act(id, 'central-deputy', 'endorse');
    await company.state(caseId, 'screening');
    await company.carryTo(caseId, 'approving');
    const vote = await company.task(caseId, 'vote', 'east-head');
    await refused(
      transfer(deps, { ...on(vote.id, 'east-head'), to: 'east-deputy', reason: '出差' }),
      'notTransferable',
    );
  });
});

describe('delegate 委托办理', () => {
  const give = (personId: string, toId: string, more: { taskId?: string; kinds?: string[]; hours?: number } = {}) => {
    const { hours = 24, ...scope } = more;
    return delegate(deps, {
      personId,
      toId,
      ...scope,
      validFrom: new Date(Date.now() - 48 * HOUR),
      validTo: new Date(Date.now() + hours * HOUR),
    });
  };

  test('what the delegate does is recorded as done by him for the other', async () => {
    const { caseId, id } = await endorsing();
    await refused(act(id, 'central-deputy', 'endorse'), 'notCandidate');
    await give('central-head', 'central-deputy', { taskId: id });
    await act(id, 'central-deputy', 'endorse', { opinion: '同意' });
    expect(await company.facts(caseId, 'delegated', 'decided')).toMatchObject([
      { actorId: 'central-head', codes: { toId: 'central-deputy' } },
      { actorId: 'central-deputy', onBehalfOf: 'central-head', action: 'endorse' },
    ]);
    const audit = await prisma.auditEntry.findFirst({ where: { caseId, act: 'decided.endorse' } });
    expect(audit).toMatchObject({ actorId: 'central-deputy', onBehalfOf: 'central-head' });
    await company.state(caseId, 'screening');
  });

  test('for kinds of task, no other kind follows', async () => {
    const { caseId, id } = await endorsing();
    const { id: delegation } = await give('central-head', 'central-manager', { kinds: ['nominate'] });
    await refused(act(id, 'central-manager', 'endorse'), 'notCandidate');
    await revokeDelegation(deps, 'central-head', delegation);
    const second = await give('central-head', 'central-manager', { kinds: ['endorse'] });
    await act(id, 'central-manager', 'endorse');
    await revokeDelegation(deps, 'central-head', second.id);
    await company.state(caseId, 'screening');
  });

  test('cannot be passed on', async () => {
    const { id } = await endorsing();
    await give('central-head', 'central-deputy', { taskId: id });
    await refused(give('central-deputy', 'central-manager', { taskId: id }), 'redelegation');
    await refused(
      transfer(deps, { ...on(id, 'central-deputy'), to: 'central-manager', reason: '出差' }),
      'redelegation',
    );
    // His own kinds of task he may delegate, but what was delegated to him does not go with them.
    const whole = await give('central-deputy', 'central-manager', { kinds: ['endorse'] });
    await refused(act(id, 'central-manager', 'endorse'), 'notCandidate');
    await revokeDelegation(deps, 'central-deputy', whole.id);
  });

  test('ends when it expires and when it is revoked, by him who gave it only', async () => {
    const { id } = await endorsing();
    await give('central-head', 'central-deputy', { taskId: id, hours: -1 });
    await refused(act(id, 'central-deputy', 'endorse'), 'notCandidate');
    const { id: delegation } = await give('central-head', 'central-deputy', { taskId: id });
    await refused(revokeDelegation(deps, 'central-deputy', delegation), 'notFound');
    await revokeDelegation(deps, 'central-head', delegation);
    await refused(act(id, 'central-deputy', 'endorse'), 'notCandidate');
    await refused(revokeDelegation(deps, 'central-head', delegation), 'notFound');
  });

  test('is for ninety days at most, to another active person, and never of a vote', async () => {
    const { caseId, id } = await endorsing();
    await refused(give('central-head', 'central-deputy', { taskId: id, hours: 91 * 24 }), 'invalid');
    await refused(give('central-head', 'central-head', { taskId: id }), 'unfitPerson');
    await refused(give('central-head', 'nobody', { taskId: id }), 'unfitPerson');
    await refused(give('east-head', 'central-deputy', { taskId: id }), 'notCandidate');
    await refused(give('east-head', 'east-deputy', { kinds: ['endorse', 'vote'] }), 'notTransferable');
    await company.carryTo(caseId, 'approving');
    const vote = await company.task(caseId, 'vote', 'east-head');
    await refused(give('east-head', 'east-manager', { taskId: vote.id }), 'notTransferable');
    const everything = await give('east-head', 'east-manager');
    await refused(act(vote.id, 'east-manager', 'vote', { choice: 'for' }), 'notCandidate');
    await revokeDelegation(deps, 'east-head', everything.id);
  });

  test('conflicts hold for the delegate as for him who delegated', async () => {
    const { caseId, id } = await endorsing();
    await give('central-head', 'central-submitter', { taskId: id });
    await refused(act(id, 'central-submitter', 'endorse'), 'separation');
    await act(id, 'central-head', 'endorse');
    const screen = await company.task(caseId, 'screen');
    await give('office-head', 'central-deputy', { taskId: screen.id });
    await refused(act(screen.id, 'central-deputy', 'accept', accept), 'conflicted');
  });
});

describe('consult 征求意见', () => {
  test('another person is asked; nobody waits for him, and only he may answer', async () => {
    const { caseId, id } = await screening();
    await consult(deps, { ...on(id, 'office-clerk-1'), to: 'finance-expert', question: '付款能力如何' });
    const asked = await company.task(caseId, 'opine', 'finance-expert');
    expect(asked).toMatchObject({ parentId: id, blocking: false, dueDays: 3 });
    await refused(act(asked.id, 'finance-head', 'opine', { opinion: '良好' }), 'notCandidate');
    await act(asked.id, 'finance-expert', 'opine', { opinion: '付款良好' });
    await consult(deps, { ...on(id, 'office-clerk-1'), to: 'legal-expert', question: null });
    await act(id, 'office-clerk-1', 'accept', accept);
    await company.state(caseId, 'evaluating');
  });

  test('is for those whose task it is', async () => {
    const { id } = await screening();
    await refused(consult(deps, { ...on(id, 'finance-head'), to: 'legal-head', question: null }), 'notCandidate');
  });
});

describe('add an approver 加签', () => {
  const added = async (): Promise<{ caseId: string; id: string; approval: string }> => {
    const { caseId, id } = await screening();
    await addApprover(deps, { ...on(id, 'office-clerk-1'), to: 'legal-head', question: '合同条款可否接受' });
    return { caseId, id, approval: (await company.task(caseId, 'coapprove', 'legal-head')).id };
  };

  test('nothing is decided before the one added has answered; his yes lets it go on', async () => {
    const { caseId, id, approval } = await added();
    await refused(act(id, 'office-clerk-1', 'accept', accept), 'approverPending');
    await refused(act(id, 'office-clerk-1', 'return', { reason: '资料不全' }), 'approverPending');
    await refused(act(approval, 'office-clerk-1', 'agree'), 'notCandidate');
    await act(approval, 'legal-head', 'agree');
    await act(id, 'office-clerk-1', 'accept', accept);
    await company.state(caseId, 'evaluating');
  });

  test('against his no nothing is granted; it may be returned or refused', async () => {
    const { caseId, id, approval } = await added();
    await act(approval, 'legal-head', 'disagree', { reason: '担保条款不可接受' });
    await refused(act(id, 'office-clerk-1', 'accept', accept), 'approverDisagrees');
    await act(id, 'office-clerk-1', 'return', { reason: '请就担保条款补充说明' });
    await company.state(caseId, 'supplementing');
  });

  test('is refused for the submitter, for a stranger’s task and where nothing is approved', async () => {
    const { caseId, id } = await endorsing();
    const add = (personId: string, to: string, taskId = id) =>
      addApprover(deps, { ...on(taskId, personId), to, question: null });
    await refused(add('central-head', 'central-submitter'), 'unfitPerson');
    await refused(add('east-head', 'legal-head'), 'notCandidate');
    await company.carryTo(caseId, 'approving');
    const vote = await company.task(caseId, 'vote', 'east-head');
    await refused(add('east-head', 'legal-head', vote.id), 'notTransferable');
  });
});

describe('what was delegated, and oneself', () => {
  test('a delegate decides, and neither claims, hands on nor opens the case to others', async () => {
    const { id } = await screening();
    const validTo = new Date(Date.now() + HOUR);
    await delegate(deps, { personId: 'office-clerk-1', toId: 'finance-head', taskId: id, validTo });
    const asDelegate = () => on(id, 'finance-head');
    await refused(claim(deps, asDelegate()), 'redelegation');
    await refused(consult(deps, { ...asDelegate(), to: 'legal-head', question: null }), 'redelegation');
    await refused(addApprover(deps, { ...asDelegate(), to: 'legal-head', question: null }), 'redelegation');
    await act(id, 'finance-head', 'accept', { evaluatorIds: ['legal-expert'], departmentIds: [] });
  });

  test('nobody consults, adds or hands over to himself', async () => {
    const { id } = await screening();
    const self = () => ({ ...on(id, 'office-clerk-1'), to: 'office-clerk-1' });
    await refused(consult(deps, { ...self(), question: null }), 'unfitPerson');
    await refused(addApprover(deps, { ...self(), question: null }), 'unfitPerson');
    await refused(transfer(deps, { ...self(), reason: '休假' }), 'unfitPerson');
  });

  test('how a task ended is not told to a stranger', async () => {
    const { caseId, id } = await screening();
    await act(id, 'office-clerk-1', 'accept', accept);
    await company.state(caseId, 'evaluating');
    await refused(claim(deps, on(id, 'east-head')), 'notFound');
    await refused(claim(deps, on(id, 'office-clerk-2')), 'taskClosed');
  });
});

describe('urge 催办 and copy 抄送', () => {
  test('holders are reminded, and not again within the hour, whoever urges', async () => {
    const { id } = await screening();
    await urge(deps, on(id, 'central-submitter'));
    const holders = (await told(id, 'taskUrged')).map(({ personId }) => personId).sort();
    expect(holders).toEqual(['office-clerk-1', 'office-clerk-2', 'office-head']);
    await expect(urge(deps, on(id, 'central-head'))).rejects.toMatchObject({
      code: 'urgedRecently',
      params: { minutes: 60 },
    });
    await prisma.task.update({ where: { id }, data: { urgedAt: new Date(Date.now() - 61 * 60_000) } });
    await claim(deps, on(id, 'office-clerk-1'));
    await urge(deps, on(id, 'central-head'));
    expect(await told(id, 'taskUrged')).toHaveLength(4);
  });

  test('a copy lets its receiver read, and comes only from those concerned', async () => {
    const { caseId } = await screening();
    await refused(copy(deps, { caseId, personId: 'east-head', to: ['finance-head'] }), 'forbidden');
    await refused(copy(deps, { caseId, personId: 'central-submitter', to: ['nobody'] }), 'unfitPerson');
    await copy(deps, { caseId, personId: 'central-submitter', to: ['finance-head'] });
    await copy(deps, { caseId, personId: 'office-head', to: ['finance-head'] });
    expect(await prisma.copy.findMany({ where: { caseId } })).toMatchObject([
      { personId: 'finance-head', byId: 'central-submitter' },
    ]);
  });
});

describe('two at once', () => {
  test('of two deciding one wins, and the other is told', async () => {
    for (let round = 0; round < 10; round++) {
      const { caseId, id } = await screening();
      const answers = await Promise.allSettled([
        act(id, 'office-clerk-1', 'accept', accept),
        act(id, 'office-clerk-2', 'ineligible', { reason: '不符合' }),
      ]);
      const lost = answers.filter((each) => each.status === 'rejected');
      expect(lost).toHaveLength(1);
      expect(lost[0]?.reason).toMatchObject({ code: 'taskClosed' });
      const decided = (await company.facts(caseId, 'decided')).filter((fact) => fact.taskId === id);
      expect(decided).toHaveLength(1);
      await company.state(caseId, decided[0]?.action === 'accept' ? 'evaluating' : 'ineligible');
    }
  });

  test('evaluators and departments answering together all count', async () => {
    const { caseId } = await waiting('evaluating', 'evaluate');
    const evaluate = await company.task(caseId, 'evaluate', 'finance-expert');
    const countersign = await company.task(caseId, 'countersign');
    await Promise.all([
      act(evaluate.id, 'finance-expert', 'evaluate', { scores: exampleScores }),
      act(countersign.id, 'legal-head', 'countersign', { agrees: false, opinion: '关注担保条款' }),
    ]);
    await company.state(caseId, 'approving');
    expect((await company.facts(caseId, 'opened')).filter((fact) => fact.step === 'approving')).toHaveLength(1);
  });

  test('a withdrawal and a decision: whichever is first, the case ends once and as it says', async () => {
    for (let round = 0; round < 10; round++) {
      const { caseId, id } = await endorsing();
      await Promise.allSettled([
        act(id, 'central-head', 'endorse'),
        withdraw(deps, { personId: 'central-submitter', caseId, reason: '撤回', key: key() }),
      ]);
      await company.state(caseId, 'withdrawn');
      expect(await company.facts(caseId, 'concluded')).toHaveLength(1);
    }
  });
});

describe('the same act told twice', () => {
  test('under one key has one effect and the same receipt, however the body is spelled', async () => {
    const { caseId, id } = await screening();
    const once = { personId: 'office-clerk-1', taskId: id, action: 'accept', key: key() };
    const first = await decide(deps, { provenAt: new Date(), ...once, body: accept });
    const { departmentIds, evaluatorIds } = accept;
    const again = await decide(deps, { provenAt: new Date(), ...once, body: { departmentIds, evaluatorIds } });
    expect(again).toEqual(first);
    expect((await company.facts(caseId, 'decided')).filter((fact) => fact.taskId === id)).toHaveLength(1);
  });

  test('twenty times at once has one effect', async () => {
    const { caseId, id } = await endorsing();
    const once = {
      personId: 'central-head',
      taskId: id,
      action: 'endorse',
      body: {},
      key: key(),
      provenAt: null,
    };
    const receipts = await Promise.all(Array.from({ length: 20 }, () => decide(deps, once)));
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
    expect(await company.facts(caseId, 'decided')).toHaveLength(1);
  });

  test('with another body or another action under the key is refused', async () => {
    const { id } = await screening();
    const once = { personId: 'office-clerk-1', taskId: id, key: key() };
    await decide(deps, { provenAt: new Date(), ...once, action: 'accept', body: accept });
    await refused(
      decide(deps, { provenAt: new Date(), ...once, action: 'accept', body: { ...accept, departmentIds: [] } }),
      'keyReused',
    );
    await refused(
      decide(deps, { provenAt: new Date(), ...once, action: 'ineligible', body: { reason: '不符合' } }),
      'keyReused',
    );
    await refused(
      decide(deps, { provenAt: new Date(), ...once, personId: 'office-clerk-2', action: 'accept', body: accept }),
      'taskClosed',
    );
  });

  test('holds for verbs, submission and withdrawal too', async () => {
    const { caseId, id } = await screening();
    const claiming = on(id, 'office-clerk-1');
    expect(await claim(deps, claiming)).toEqual(await claim(deps, claiming));
    const draft = await company.draft();
    const submission = { personId: 'central-submitter', caseId: draft, key: key() };
    expect(await submit(deps, submission)).toEqual(await submit(deps, submission));
    const withdrawal = { personId: 'central-submitter', caseId, reason: '撤回', key: key() };
    expect(await withdraw(deps, withdrawal)).toEqual(await withdraw(deps, withdrawal));
    await refused(withdraw(deps, { ...withdrawal, reason: '另有原因' }), 'keyReused');
    expect(await company.facts(caseId, 'claimed', 'withdrawn')).toHaveLength(2);
  });
});

describe('text the database cannot hold', () => {
  const nul = 'central-manager\u0000';

  test('is refused as invalid, naming the field, and nothing is done', async () => {
    const { caseId, id } = await waiting('nominating', 'nominate');
    const nominate = act(id, 'central-submitter', 'nominate', { managerId: nul });
    await expect(nominate).rejects.toMatchObject({ code: 'invalid', field: 'managerId' });
    await refused(consult(deps, { ...on(id, 'central-submitter'), to: nul, question: null }), 'invalid');
    await refused(
      decide(deps, { provenAt: new Date(), ...on(id, 'central-submitter'), action: nul, body: {} }),
      'notYourMatter',
    );
    expect(await company.facts(caseId, 'consulted')).toEqual([]);
  });
});
