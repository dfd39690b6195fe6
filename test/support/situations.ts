import { randomUUID } from 'node:crypto';
import { coRecommend } from '../../cases/coRecommendation.ts';
import { demoOrganisation } from '../../cases/demoOrganisation.ts';
import { createDraft } from '../../cases/drafts.ts';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { submit } from '../../cases/submission.ts';
import { addApprover, claim, consult } from '../../cases/verbs.ts';
import type { Api } from './api.ts';
import { branchLevel, type Company, exampleForm } from './company.ts';

export type Situation = { readonly caseId: string; readonly fileId: string };

/** A small file as a browser uploads it. */
export function uploadOf(caseId: string): FormData {
  const form = new FormData();
  form.set('caseId', caseId);
  form.set('purpose', 'other');
  form.set('file', new Blob(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n']), '附件.pdf');
  return form;
}

/** The marks of a recorded meeting in which everybody but the recommending unit's seats voted for. */
export const recordedSeats = demoOrganisation.seats.map(({ id, unitId }) => ({
  seatId: id,
  mark: unitId === 'central' ? 'recused' : 'for',
}));

/** Brings cases, each of its own client and with one file, to every state of the lifecycle and to its turns. */
export function situations(company: Company, api: Api) {
  const { deps } = company;
  const { prisma } = deps;
  const on = (taskId: string, personId: string) => ({ taskId, personId, key: randomUUID() });

  async function draft(change: Parameters<typeof exampleForm>[0] = () => {}, personId = 'central-submitter') {
    const caseId = await company.draft(change, personId);
    const { body } = await api.post('/attachments', { as: personId, raw: uploadOf(caseId) });
    return { caseId, fileId: String(body.id) };
  }

  async function at(state: string, change?: Parameters<typeof exampleForm>[0]): Promise<Situation> {
    const found = await draft(change);
    await submit(deps, { personId: 'central-submitter', caseId: found.caseId, key: randomUUID() });
    await company.task(found.caseId, 'endorse');
    await company.carryTo(found.caseId, state);
    return found;
  }

  const approvingVotes = (caseId: string) => company.task(caseId, 'vote', 'east-head');
  const screenOf = async (caseId: string) => (await company.task(caseId, 'screen')).id;

  async function strike(caseId: string, personIds: readonly string[]): Promise<void> {
    for (const personId of personIds) {
      await company.answer(caseId, personId, 'vote', 'recuse', { reason: '与该客户有利害关系' });
      await company.answer(caseId, 'director', 'decideRecusal', 'accept');
    }
  }

  const brought: Readonly<Record<string, () => Promise<Situation>>> = {
    draft,
    endorsing: () => at('endorsing'),
    screening: () => at('screening', branchLevel),
    supplementing: async () => {
      const found = await at('screening');
      await company.answer(found.caseId, 'office-clerk-1', 'screen', 'return', { reason: '请补充资料' });
      await company.state(found.caseId, 'supplementing');
      return found;
    },
    evaluating: () => at('evaluating', branchLevel),
    approving: () => at('approving'),
    nominating: () => at('nominating'),
    confirming: () => at('confirming', branchLevel),
    established: () => at('established', branchLevel),
    rejected: async () => {
      const found = await at('approving');
      await company.voteAll(found.caseId, 'approving', 'against');
      await company.state(found.caseId, 'rejected');
      return found;
    },
    ineligible: async () => {
      const found = await at('screening');
      await company.answer(found.caseId, 'office-clerk-1', 'screen', 'ineligible', { reason: '不符合推荐条件' });
      await company.state(found.caseId, 'ineligible');
      return found;
    },
    withdrawn: async () => {
      const found = await at('endorsing');
      const { caseId } = found;
      await withdraw(deps, { personId: 'central-submitter', caseId, reason: '暂不推荐', key: randomUUID() });
      await company.state(caseId, 'withdrawn');
      return found;
    },
    lapsed: async () => {
      const found = await at('endorsing');
      await override(found.caseId);
      await company.answer(found.caseId, 'security-admin', 'confirmOverride', 'confirm');
      await company.state(found.caseId, 'lapsed');
      return found;
    },

    'draft, returned by the head': async () => {
      const found = await at('endorsing');
      await company.answer(found.caseId, 'central-head', 'endorse', 'return', { reason: '请补充' });
      await company.task(found.caseId, 'revise');
      return found;
    },
    'endorsing, submitted by the head': async () => {
      const found = await draft(branchLevel, 'central-head');
      await submit(deps, { personId: 'central-head', caseId: found.caseId, key: randomUUID() });
      await company.task(found.caseId, 'endorse');
      return found;
    },
    'screening, claimed by a clerk': async () => {
      const found = await at('screening');
      await claim(deps, on(await screenOf(found.caseId), 'office-clerk-1'));
      return found;
    },
    'screening, with others asked': async () => {
      const form = exampleForm(branchLevel);
      const found = await at('screening', (own) => Object.assign(own, form));
      const taskId = await screenOf(found.caseId);
      const question = '请提出意见';
      await consult(deps, { ...on(taskId, 'office-clerk-1'), to: 'technology-expert', question });
      await addApprover(deps, { ...on(taskId, 'office-clerk-1'), to: 'engineering-head', question });
      await override(found.caseId);
      const { caseId } = await createDraft(deps, 'east-submitter', { ...form, recommendingUnit: '华东分公司' });
      await coRecommend(deps, { personId: 'east-submitter', caseId, reason: '我单位亦长期跟踪' });
      return found;
    },
    'approving, the director’s turn': async () => {
      const found = await at('approving');
      await approvingVotes(found.caseId);
      const votes = await prisma.task.findMany({ where: { caseId: found.caseId, kind: 'vote' } });
      for (const { candidates } of votes)
        await company.vote(found.caseId, String(candidates[0]).slice('person:'.length), 'for');
      await company.task(found.caseId, 'vote', 'director');
      return found;
    },
    'approving, a recording to be checked': async () => {
      const found = await at('approving', branchLevel);
      const body = { meetingOn: '2026-01-05', minutesAttachmentId: found.fileId, seats: recordedSeats };
      await company.answer(found.caseId, 'office-clerk-1', 'record', 'record', body);
      return found;
    },
    'approving, a recusal declared': async () => {
      const found = await at('approving', branchLevel);
      await company.answer(found.caseId, 'south-deputy', 'vote', 'recuse', { reason: '与该客户有利害关系' });
      return found;
    },
    'approving, tied': async () => {
      const found = await at('approving', branchLevel);
      await strike(found.caseId, ['north-head']);
      const votes = await prisma.task.findMany({ where: { caseId: found.caseId, kind: 'vote', status: 'open' } });
      for (const [index, { candidates }] of votes.entries())
        await company.vote(
          found.caseId,
          String(candidates[0]).slice('person:'.length),
          index % 2 === 0 ? 'for' : 'against',
        );
      await company.task(found.caseId, 'scheduleRunoff');
      return found;
    },
    'approving, inquorate': async () => {
      const found = await at('approving');
      await strike(found.caseId, ['southwest-head', 'southwest-deputy', 'north-head', 'north-deputy', 'south-deputy']);
      await company.task(found.caseId, 'resolveInquorate');
      return found;
    },
    'nominating, a recusal to be reviewed': async () => {
      const found = await at('nominating');
      await company.voter(found.caseId, 'south-deputy', 'recuse', { reason: '事后得知有利害关系' });
      return found;
    },
    'nominating, the director names': async () => {
      const found = await at('nominating', branchLevel);
      for (const managerId of ['central-manager', 'central-manager-2', 'central-submitter-2']) {
        await company.answer(found.caseId, 'central-deputy', 'nominate', 'nominate', { managerId });
        await company.voteAll(found.caseId, 'confirming', 'against');
      }
      await company.task(found.caseId, 'appoint');
      return found;
    },
  };

  async function override(caseId: string): Promise<void> {
    const request = {
      personId: 'system-admin',
      caseId,
      to: 'lapsed' as const,
      reason: '长期无进展',
      key: randomUUID(),
      provenAt: new Date(),
    };
    await proposeOverride(deps, request);
  }

  /** A case in the situation, at rest: its workflow has walked past everything that happened. */
  return async (name: string): Promise<Situation> => {
    const bring = brought[name];
    if (!bring) throw new Error(`no situation ${name}`);
    const found = await bring();
    await company.until(`rest of ${name}`, async () => {
      const { settledSeq, state } = await company.caseRow(found.caseId);
      const waiting = await prisma.doorbell.count({ where: { caseId: found.caseId, seq: { gt: settledSeq } } });
      const tasks = await prisma.task.count({ where: { caseId: found.caseId, status: 'open' } });
      const isOpen = Object.hasOwn(brought, state) && !ENDED.includes(state) && name !== 'draft';
      return waiting === 0 && (!isOpen || tasks > 0);
    });
    return found;
  };
}

const ENDED = ['established', 'rejected', 'ineligible', 'withdrawn', 'lapsed'];
