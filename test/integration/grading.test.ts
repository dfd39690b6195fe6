import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { editDraft, readDraft } from '../../cases/drafts.ts';
import { submit } from '../../cases/submission.ts';
import type { RecommendationForm } from '../../forms/recommendation.ts';
import { startCompany } from '../support/company.ts';

const company = await startCompany();
const { deps } = company;
const { prisma } = deps;
const personId = 'central-submitter';

/** A form with one upcoming contract of this amount, and what else it names. */
const worth =
  (yuan: string, more: Partial<RecommendationForm['projects'][number]>[] = []) =>
  (form: RecommendationForm): void => {
    const upcoming = form.projects.find((project) => project.stage === 'upcoming');
    if (!upcoming) throw new Error('the example has an upcoming project');
    form.projects = [{ ...upcoming, amountYuan: yuan }, ...more.map((project) => ({ ...upcoming, ...project }))];
    form.expectedSubsequentYuan = yuan;
  };

const submitDraft = (caseId: string, specialReason?: string) =>
  submit(deps, {
    personId,
    caseId,
    ...(specialReason ? { specialConsideration: { reason: specialReason } } : {}),
    key: randomUUID(),
  });

const gradeOf = async (caseId: string) => {
  const row = await prisma.recommendation.findUniqueOrThrow({ where: { caseId } });
  return { grade: row.grade, special: row.specialConsideration };
};

async function changeForm(caseId: string, change: (form: RecommendationForm) => void): Promise<void> {
  const { form, version } = await readDraft(deps, caseId);
  const changed = structuredClone(form) as RecommendationForm;
  change(changed);
  await editDraft(deps, personId, caseId, changed, version);
}

describe('the grade by Article 12', () => {
  test.each([
    ['100000000.00', 'branch'],
    ['100000000.01', 'branch'],
    ['199999999.99', 'branch'],
    ['200000000.00', 'company'],
    ['200000000.01', 'company'],
  ])('%s yuan of subsequent contracts is %s level', async (yuan, grade) => {
    const caseId = await company.draft(worth(yuan));
    await submitDraft(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade, special: false });
  });

  test.each(['99999999.99', '1.00'])('%s yuan is refused with the figure, and the draft stays', async (yuan) => {
    const caseId = await company.draft(worth(yuan));
    await expect(submitDraft(caseId)).rejects.toMatchObject({
      code: 'belowStandard',
      field: 'expectedSubsequentYuan',
      params: { amount: yuan, line: '100000000.00' },
    });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'draft', closedAt: null });
    expect(await prisma.recommendationEntity.count({ where: { caseId } })).toBe(0);
    await changeForm(caseId, worth('100000000.00'));
    await submitDraft(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade: 'branch', special: false });
  });

  test('past contracts, those being built and those left out never count', async () => {
    const rest = [
      { stage: 'past' as const, countsTowardGrade: false, amountYuan: '500000000.00' },
      { stage: 'building' as const, countsTowardGrade: false, amountYuan: '500000000.00' },
      { stage: 'upcoming' as const, countsTowardGrade: false, amountYuan: '500000000.00' },
    ];
    const caseId = await company.draft(worth('120000000.00', rest));
    await submitDraft(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade: 'branch', special: false });
  });

  test.each(['past', 'building'] as const)(
    'a contract marked %s cannot be counted by saying that it does',
    async (stage) => {
      const claimed = [{ stage, countsTowardGrade: true, amountYuan: '500000000.00' }];
      const caseId = await company.draft((form) => {
        worth('120000000.00', claimed)(form);
        form.expectedSubsequentYuan = '620000000.00';
      });
      await expect(submitDraft(caseId)).rejects.toMatchObject({ code: 'sumMismatch', params: { sum: '120000000.00' } });
    },
  );

  test('a figure that is not the sum of its contracts is refused with both', async () => {
    const caseId = await company.draft((form) => {
      worth('120000000.00')(form);
      form.expectedSubsequentYuan = '200000000.00';
    });
    await expect(submitDraft(caseId)).rejects.toMatchObject({
      code: 'sumMismatch',
      params: { stated: '200000000.00', sum: '120000000.00' },
    });
  });

  test('whatever level the unit proposes, the sum decides', async () => {
    const caseId = await company.draft((form) => {
      worth('120000000.00')(form);
      form.proposedGrade = 'company';
    });
    await submitDraft(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade: 'branch', special: false });
  });
});

describe('special consideration 提请特别审议', () => {
  const special = async (): Promise<string> => {
    const caseId = await company.draft(worth('60000000.00'));
    await submitDraft(caseId, '战略新区首个业主');
    return caseId;
  };

  test('accepted at screening, it is branch level and put to the vote under the rule of approving 审定', async () => {
    const caseId = await special();
    expect(await gradeOf(caseId)).toEqual({ grade: 'branch', special: true });
    await company.carryTo(caseId, 'approving');
    await company.task(caseId, 'vote');
    expect((await company.ballot(caseId)).rule).toMatchObject({ matter: 'approve', directorLast: true });
  });

  test('not accepted, it ends ineligible', async () => {
    const caseId = await special();
    await company.carryTo(caseId, 'screening');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'ineligible', { reason: '未达标准' });
    await company.state(caseId, 'ineligible');
  });

  test('asked for where the standard is met, it has no effect', async () => {
    const caseId = await company.draft(worth('150000000.00'));
    await submitDraft(caseId, '慎重起见');
    expect(await gradeOf(caseId)).toEqual({ grade: 'branch', special: false });
  });
});

describe('a supplemented form is graded again', () => {
  async function supplementing(yuan: string, specialReason?: string): Promise<string> {
    const caseId = await company.draft(worth(yuan));
    await submitDraft(caseId, specialReason);
    await company.carryTo(caseId, 'screening');
    await company.answer(caseId, 'office-clerk-1', 'screen', 'return', { reason: '核实项目金额' });
    await company.task(caseId, 'supplement');
    return caseId;
  }
  const resubmit = (caseId: string) => company.answer(caseId, personId, 'supplement', 'resubmit', { note: '已核实' });

  test.each([
    ['150000000.00', '200000000.00', 'company', 'approve'],
    ['200000000.00', '199999999.99', 'branch', 'ratify'],
  ])('from %s to %s it is %s level, and the ballot goes by that', async (from, to, grade, matter) => {
    const caseId = await supplementing(from);
    await changeForm(caseId, worth(to));
    await resubmit(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade, special: false });
    await company.until('screening again', () =>
      prisma.task.findFirst({ where: { caseId, kind: 'screen', round: 2, status: 'open' } }),
    );
    await company.carryTo(caseId, 'approving');
    await company.task(caseId, 'vote');
    expect((await company.ballot(caseId)).rule).toMatchObject({ matter });
  });

  test('below the standard it is refused, and may be mended', async () => {
    const caseId = await supplementing('150000000.00');
    await changeForm(caseId, worth('99999999.99'));
    await expect(resubmit(caseId)).rejects.toMatchObject({ code: 'belowStandard' });
    expect(await company.caseRow(caseId)).toMatchObject({ state: 'supplementing' });
    await changeForm(caseId, worth('100000000.00'));
    await resubmit(caseId);
    await company.state(caseId, 'screening');
  });

  test('under special consideration it stays special below the standard, and is an ordinary one above it', async () => {
    const caseId = await supplementing('60000000.00', '战略新区首个业主');
    await changeForm(caseId, worth('70000000.00'));
    await resubmit(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade: 'branch', special: true });
    const other = await supplementing('60000000.00', '战略新区首个业主');
    await changeForm(other, worth('210000000.00'));
    await resubmit(other);
    expect(await gradeOf(other)).toEqual({ grade: 'company', special: false });
  });

  test('once the ballot is open the form can no longer be changed', async () => {
    const caseId = await company.submitted(worth('150000000.00'));
    await company.carryTo(caseId, 'approving');
    await expect(changeForm(caseId, worth('250000000.00'))).rejects.toMatchObject({ code: 'notYourMatter' });
  });

  test('a returned draft is graded again when it is submitted again', async () => {
    const caseId = await company.submitted(worth('150000000.00'));
    await company.answer(caseId, 'central-head', 'endorse', 'return', { reason: '金额有误' });
    await company.task(caseId, 'revise');
    await changeForm(caseId, worth('200000000.00'));
    await submitDraft(caseId);
    expect(await gradeOf(caseId)).toEqual({ grade: 'company', special: false });
  });
});
