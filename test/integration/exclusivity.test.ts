import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Actor, loadActor } from '../../cases/actor.ts';
import { coRecommend } from '../../cases/coRecommendation.ts';
import { editDraft } from '../../cases/drafts.ts';
import { withdraw } from '../../cases/ending.ts';
import { checkClient } from '../../cases/exclusivityChecks.ts';
import { submit } from '../../cases/submission.ts';
import { terminate } from '../../cases/termination.ts';
import { inCase } from '../../cases/transaction.ts';
import type { RollEntry } from '../../domain/ballot.ts';
import { DomainError } from '../../domain/errors.ts';
import type { RecommendationForm } from '../../forms/recommendation.ts';
import { startApi } from '../support/api.ts';
import { branchLevel, exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany();
const { deps } = company;
const { prisma, pool } = deps;
const api = await startApi(company);

type Change = (form: RecommendationForm) => void;
const unitOf = (personId: string) => personId.split('-')[0];
async function actorOf(personId: string): Promise<Actor> {
  const actor = await loadActor(pool, personId);
  if (!actor) throw new Error(`the demo organisation has ${personId}`);
  return actor;
}
const outsideTerritoryReason = '客户邀请';

/** A draft of exactly this form, with what differs. */
const draftOf = (form: RecommendationForm, personId: string, change: Change = () => {}) =>
  company.draft((target) => {
    Object.assign(target, structuredClone(form));
    change(target);
  }, personId);

const submitDraft = (caseId: string, personId: string) =>
  submit(deps, { personId, caseId, outsideTerritoryReason, key: randomUUID() });

/** A form that central has submitted, with the case. */
async function taken(change?: Change): Promise<{ form: RecommendationForm; caseId: string }> {
  const form = exampleForm(change);
  const caseId = await draftOf(form, 'central-submitter');
  await submitDraft(caseId, 'central-submitter');
  return { form, caseId };
}

async function refusal(promise: Promise<unknown>): Promise<DomainError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
}

describe('one open recommendation a client (Article 7.1, first developer first)', () => {
  const second: [string, Change][] = [
    [
      'with the same code under another name',
      (form) => {
        form.client.name = `${form.client.name}（更名）`;
      },
    ],
    [
      'with the same name and no code',
      (form) => {
        form.client.codeType = 'other';
        delete form.client.uscc;
        form.client.members = [];
      },
    ],
    [
      'with the same name written with other spaces and brackets',
      (form) => {
        form.client.codeType = 'other';
        delete form.client.uscc;
        form.client.members = [];
        form.client.name = ` ${form.client.name.replaceAll('（', '(').replaceAll('）', ')')}　`;
      },
    ],
    [
      'that once had the name',
      (form) => {
        form.client.codeType = 'other';
        delete form.client.uscc;
        form.client.members = [];
        form.client.name = form.client.formerNames[0] ?? '';
        form.client.formerNames = [];
      },
    ],
    [
      'that is a member of its group',
      (form) => {
        const [member] = form.client.members;
        form.client.name = member?.name ?? '';
        form.client.uscc = member?.uscc;
        form.client.members = [];
        form.client.formerNames = [];
      },
    ],
    [
      'whose group has it as a member',
      (form) => {
        form.client.members = [{ name: form.client.name, uscc: form.client.uscc, relation: '控股子公司' }];
        form.client.name = `${form.client.name}控股`;
        form.client.codeType = 'other';
        delete form.client.uscc;
      },
    ],
  ];

  test.each(second)('another unit is refused a client %s, and its draft stays', async (_, change) => {
    const { form } = await taken();
    const caseId = await draftOf(form, 'east-submitter', change);
    expect(await refusal(submitDraft(caseId, 'east-submitter'))).toMatchObject({ code: 'clientInProgress' });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'draft', closedAt: null });
    expect(await prisma.recommendationEntity.count({ where: { caseId } })).toBe(0);
  });

  test.each(['central-submitter', 'central-submitter-2'])('so is its own unit: %s', async (personId) => {
    const { form } = await taken();
    const caseId = await draftOf(form, personId);
    expect(await refusal(submitDraft(caseId, personId))).toMatchObject({ code: 'clientInProgress' });
  });

  test('of two units at the same instant exactly one wins, thirty times over, also crosswise', async () => {
    for (let round = 0; round < 30; round++) {
      const form = exampleForm();
      const crosswise: Change = (other) => {
        const [member] = other.client.members;
        if (round % 2 === 0 || !member) return;
        other.client.members = [{ name: other.client.name, uscc: other.client.uscc, relation: '股东' }];
        other.client.name = member.name;
        other.client.uscc = member.uscc;
      };
      const persons = ['central-submitter', 'east-submitter'];
      const drafts = [await draftOf(form, persons[0] as string), await draftOf(form, persons[1] as string, crosswise)];
      const answers = await Promise.allSettled(drafts.map((caseId, at) => submitDraft(caseId, persons[at] as string)));
      const refused = answers.filter((each) => each.status === 'rejected');
      expect(refused).toHaveLength(1);
      expect(refused[0]?.reason).toMatchObject({ code: 'clientInProgress' });
      const states = await Promise.all(drafts.map(async (caseId) => (await company.caseRow(caseId)).submitterId));
      const open = await prisma.recommendationEntity.findMany({
        where: { caseId: { in: drafts }, open: true },
        distinct: ['caseId'],
      });
      expect(states).toEqual(persons);
      expect(open).toHaveLength(1);
    }
  });

  // Article 11: who recommends whom is nobody else’s.
  test('the refusal tells nothing of who is ahead, nor does the check', async () => {
    const { form } = await taken();
    const caseId = await draftOf(form, 'east-submitter');
    const error = await refusal(submitDraft(caseId, 'east-submitter'));
    expect(error.params).toEqual({});
    expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(/central|华中/);
    const actor = await actorOf('east-submitter');
    for (const asked of [
      { code: form.client.uscc },
      { name: form.client.name },
      { name: form.client.members[0]?.name },
    ])
      expect(await checkClient(deps, actor, asked)).toMatchObject({ result: 'inProgress', holder: null, near: [] });
  });

  test('a form changed while it is supplemented takes its new members and lets the old ones go', async () => {
    const { form, caseId } = await taken();
    await company.carryTo(caseId, 'screening');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'return', { reason: '核对成员单位' });
    await company.task(caseId, 'supplement');
    const changed = structuredClone(form);
    const [gone, ...rest] = form.client.members;
    const added = { name: `${form.client.name}新设`, relation: '全资子公司' };
    changed.client.members = [...rest, added];
    changed.projects = changed.projects.filter((project) => project.employer !== gone?.uscc);
    changed.expectedSubsequentYuan = '131600000.00';
    await editDraft(deps, 'central-submitter', caseId, changed, 1);
    await company.answer(caseId, 'central-submitter', 'supplement', 'resubmit');
    const alone =
      (member: { name: string; uscc?: string | undefined }): Change =>
      (other) => {
        Object.assign(other.client, { name: member.name, uscc: member.uscc, members: [], formerNames: [] });
        if (!member.uscc) other.client.codeType = 'other';
        if (!member.uscc) delete other.client.uscc;
      };
    const free = await draftOf(form, 'east-submitter', alone(gone ?? added));
    await submitDraft(free, 'east-submitter');
    const held = await draftOf(form, 'east-submitter', alone(added));
    expect(await refusal(submitDraft(held, 'east-submitter'))).toMatchObject({ code: 'clientInProgress' });
  });
});

describe('the client is free again', () => {
  test.each(['withdrawn', 'ineligible', 'rejected'])('after the first recommendation is %s', async (state) => {
    const { form, caseId } = await taken(branchLevel);
    const endings: Record<string, () => Promise<unknown>> = {
      withdrawn: () => withdraw(deps, { personId: 'central-submitter', caseId, reason: '撤回', key: randomUUID() }),
      ineligible: async () => {
        await company.carryTo(caseId, 'screening');
        await company.answer(caseId, 'office-clerk-1', 'screen', 'ineligible', { reason: '不符合' });
      },
      rejected: async () => {
        await company.carryTo(caseId, 'approving');
        await company.voteAll(caseId, 'approving', 'against');
      },
    };
    await endings[state]?.();
    await company.state(caseId, state);
    const next = await draftOf(form, 'east-submitter');
    await submitDraft(next, 'east-submitter');
    await company.state(next, 'endorsing');
  });
});

describe('an established key account is held by its unit (Article 7.3)', () => {
  let established: { form: RecommendationForm; caseId: string } | null = null;
  async function held() {
    if (established) return established;
    established = await taken(branchLevel);
    await company.carryTo(established.caseId, 'established');
    return established;
  }
  const member: Change = (form) => {
    const [first] = form.client.members;
    form.client.name = first?.name ?? '';
    form.client.uscc = first?.uscc;
    form.client.members = [];
  };

  test('another unit is refused it, and any company of its group; until the list is published, masked', async () => {
    const { form } = await held();
    for (const change of [() => {}, member]) {
      const caseId = await draftOf(form, 'east-submitter', change);
      const error = await refusal(submitDraft(caseId, 'east-submitter'));
      expect(error).toMatchObject({ code: 'clientInProgress', params: {} });
    }
  });

  // Article 8: the list is published.
  test('once it is on the published list the refusal names the holder, which the list tells anyway', async () => {
    const { form, caseId } = await held();
    await prisma.account.update({ where: { decisionCaseId: caseId }, data: { onList: true } });
    for (const change of [() => {}, member]) {
      const draft = await draftOf(form, 'east-submitter', change);
      const error = await refusal(submitDraft(draft, 'east-submitter'));
      expect(error).toMatchObject({ code: 'clientHeld', params: { holder: '华中分公司' } });
    }
  });

  // Article 7.3: nobody else may develop it, whatever the code does.
  test('the database itself refuses a second lead at the same time, and allows one after another', async () => {
    const { caseId } = await held();
    const holding = await prisma.holding.findFirstOrThrow({ where: { decisionCaseId: caseId } });
    const [entity] = await prisma.holdingEntity.findMany({ where: { holdingId: holding.id } });
    const id = randomUUID();
    await prisma.holding.create({ data: { ...holding, id, kind: 'co', unitId: 'east', managerId: 'east-manager' } });
    const lead = (from: string, to: string | null, kind = 'lead') =>
      pool.query(
        'INSERT INTO holding_entities (holding_id, entity_key, kind, valid_from, valid_to) VALUES ($1, $2, $3, $4, $5)',
        [id, entity?.entityKey, kind, from, to],
      );
    await expect(lead('2031-01-01', null)).rejects.toMatchObject({ constraint: 'holding_entities_one_lead' });
    await expect(lead('2020-01-01', '2031-01-01')).rejects.toMatchObject({ constraint: 'holding_entities_one_lead' });
    await lead('2020-01-01', '2021-01-01');
    await prisma.holdingEntity.deleteMany({ where: { holdingId: id } });
    await prisma.holding.delete({ where: { id } });
  });

  test('its own unit is told that it holds it, published or not, and where to ask what', async () => {
    const { form, caseId } = await held();
    const account = await prisma.account.findFirstOrThrow({ where: { decisionCaseId: caseId } });
    for (const onList of [true, false]) {
      await prisma.account.update({ where: { id: account.id }, data: { onList } });
      const draft = await draftOf(form, 'central-submitter');
      expect(await refusal(submitDraft(draft, 'central-submitter'))).toMatchObject({ code: 'clientOwn' });
      const answer = await checkClient(deps, await actorOf('central-submitter'), { name: form.client.name });
      expect(answer).toMatchObject({ result: 'held', holder: { accountId: account.id, unitId: 'central' } });
    }
  });

  // Taken off the list 调出名单 it is held as before; after the end of cooperation 终止合作 nobody holds it.
  test('off the list it stays held, masked; once cooperation has ended any unit may recommend it, at once', async () => {
    const { form, caseId } = await held();
    const { id, clientId } = await prisma.account.findFirstOrThrow({ where: { decisionCaseId: caseId } });
    await prisma.account.update({ where: { id }, data: { onList: false, delistedCaseId: caseId } });
    const check = async (as: string) => (await checkClient(deps, await actorOf(as), { code: form.client.uscc })).result;
    expect(await check('east-submitter')).toBe('inProgress');
    const another = await company.submitted();
    await inCase(deps, { caseId: another }, (tx) => terminate(tx, id));
    expect([await check('east-submitter'), await check('central-submitter')]).toEqual(['free', 'free']);
    const again = await draftOf(form, 'central-submitter');
    await submitDraft(again, 'central-submitter');
    const late = await draftOf(form, 'east-submitter');
    expect(await refusal(submitDraft(late, 'east-submitter'))).toMatchObject({ code: 'clientInProgress' });
    await company.carryTo(again, 'established');
    // The same client of the register, a new account; what was ends where it ended.
    const accounts = await prisma.account.findMany({ where: { clientId }, orderBy: { archiveNo: 'asc' } });
    expect(accounts).toMatchObject([
      { id, state: 'terminated' },
      { decisionCaseId: again, state: 'active' },
    ]);
    const { body } = await api.get(`/clients/${clientId}`, { as: 'office-clerk-1' });
    expect(body.accountId).toBe(accounts[1]?.id);
    const earlier = await api.get(`/cases/${again}/earlier`, { as: 'office-clerk-1' });
    expect(earlier.body.items.map((each: { case: { id: string } }) => each.case.id)).toContain(caseId);
  });

  test('the database itself refuses a second open recommendation of one entity', async () => {
    const { caseId } = await taken();
    const [entity] = await prisma.recommendationEntity.findMany({ where: { caseId } });
    const insert = (open: boolean) =>
      pool.query('INSERT INTO recommendation_entities (case_id, entity_key, open) VALUES ($1, $2, $3)', [
        randomUUID(),
        entity?.entityKey,
        open,
      ]);
    await expect(insert(true)).rejects.toMatchObject({ constraint: 'recommendation_entities_one_open' });
    await insert(false);
  });
});

describe('co-recommendation (Article 7.4)', () => {
  const ask = (caseId: string, personId: string) => coRecommend(deps, { personId, caseId, reason: '我单位亦长期跟踪' });

  async function asked(): Promise<{ caseId: string; draft: string }> {
    const { form, caseId } = await taken(branchLevel);
    await company.task(caseId, 'endorse');
    const draft = await draftOf(form, 'east-submitter');
    await refusal(submitDraft(draft, 'east-submitter'));
    await ask(draft, 'east-submitter');
    return { caseId, draft };
  }
  const struck = async (caseId: string) => {
    const roll = (await company.ballot(caseId)).roll as unknown as RollEntry[];
    return new Set(roll.filter((entry) => entry.recusal === 'rule').map((entry) => unitOf(entry.personId)));
  };

  test('accepted by the first unit and then by the office, recuses both units', async () => {
    const { caseId } = await asked();
    const first = await company.task(caseId, 'answerCoRecommendation');
    expect(first.candidates).toEqual(['role:unitHead@central']);
    await company.answer(caseId, 'central-head', 'answerCoRecommendation', 'accept');
    const second = await company.task(caseId, 'answerCoRecommendation');
    expect(second.candidates).toEqual(['role:office@']);
    await company.answer(caseId, 'office-head', 'answerCoRecommendation', 'accept');
    await company.carryTo(caseId, 'approving');
    await company.task(caseId, 'vote');
    expect(await struck(caseId)).toEqual(new Set(['central', 'east']));
  });

  test('refused at either step, recuses the first unit alone', async () => {
    const byUnit = await asked();
    await company.answer(byUnit.caseId, 'central-head', 'answerCoRecommendation', 'refuse', {
      reason: '已独家跟踪多年',
    });
    const byOffice = await asked();
    await company.answer(byOffice.caseId, 'central-head', 'answerCoRecommendation', 'accept');
    await company.task(byOffice.caseId, 'answerCoRecommendation');
    await company.answer(byOffice.caseId, 'office-head', 'answerCoRecommendation', 'refuse', { reason: '地域不相关' });
    for (const { caseId } of [byUnit, byOffice]) {
      await company.carryTo(caseId, 'approving');
      await company.task(caseId, 'vote');
      expect(await struck(caseId)).toEqual(new Set(['central']));
    }
  });

  test('is asked once, by the draft’s own submitter, of a client that is in progress at another unit', async () => {
    const { draft } = await asked();
    expect(await refusal(ask(draft, 'east-submitter'))).toMatchObject({ code: 'taskClosed' });
    expect(await refusal(ask(draft, 'south-submitter'))).toMatchObject({ code: 'notFound' });
    const free = await company.draft(undefined, 'east-submitter');
    expect(await refusal(ask(free, 'east-submitter'))).toMatchObject({ code: 'notFound' });
    const incomplete = await company.draft((form) => {
      form.conflictDeclaration = '';
    }, 'east-submitter');
    expect(await refusal(ask(incomplete, 'south-submitter'))).toMatchObject({ code: 'notFound' });
    const { form } = await taken();
    const own = await draftOf(form, 'central-submitter-2');
    expect(await refusal(ask(own, 'central-submitter-2'))).toMatchObject({ code: 'notFound' });
  });
});
