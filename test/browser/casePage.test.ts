import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { CaseView } from '../../api/contract/cases.ts';
import { phone } from '../support/browser.ts';
import { exampleForm, exampleScores } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { others } from '../support/persons.ts';
import { poll } from '../support/poll.ts';

const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
/** One red pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const { persons, open } = await startConsole();
let rejected = '';
let again = '';

const form = exampleForm();
const dissent = '合作意向书未约定违约责任，建议补充后再议。';

async function beforeCommittee(linkedCaseId?: string): Promise<string> {
  const body = { form, ...(linkedCaseId ? { linkedCaseId } : {}) };
  const { caseId } = await persons.ask<{ caseId: string }>('central-submitter', 'POST', '/recommendations', body);
  await persons.ask('central-submitter', 'POST', `/recommendations/${caseId}/submit`, {});
  await persons.decide('central-head', caseId, 'endorse', 'endorse', { opinion: '情况属实，同意推荐。' });
  const examiners = { evaluatorIds: ['finance-expert'], departmentIds: ['legal', 'engineering'] };
  await persons.decide('office-clerk-1', caseId, 'screen', 'accept', examiners);
  await persons.decide('finance-expert', caseId, 'evaluate', 'evaluate', { scores: exampleScores });
  await persons.decide('legal-head', caseId, 'countersign', 'countersign', { agrees: false, opinion: dissent });
  await persons.decide('engineering-head', caseId, 'countersign', 'countersign', { agrees: true, opinion: '无异议' });
  await persons.taskOf('vice-director-1', caseId, 'vote');
  return caseId;
}

beforeAll(async () => {
  rejected = await beforeCommittee();
  for (const personId of [...others, 'director'])
    await persons.decide(personId, rejected, 'vote', 'vote', { choice: personId === 'east-head' ? 'for' : 'against' });
  await vi.waitFor(
    async () => expect((await persons.ask<CaseView>('director', 'GET', `/cases/${rejected}`)).state).toBe('rejected'),
    { timeout: 90_000, interval: 100 },
  );
  again = await beforeCommittee(rejected);
});

describe('the agenda sheet', () => {
  test('sets apart what a department said differently, and tells what was decided on this client before', async () => {
    const page = await open('vice-director-1', `/cases/${again}`);
    const sheet = page.getByRole('region', { name: '议题单' });
    const differing = sheet.locator('.dissent');
    await differing.getByText('法务部有不同意见').waitFor();
    await differing.getByText(dissent).waitFor();
    expect(await differing.count()).toBe(1);
    await sheet.getByText('情况属实，同意推荐。').waitFor();
    await sheet.getByText('高出公司级标准').waitFor();
    const earlier = sheet.getByRole('listitem').filter({ hasText: '前后关联' });
    await earlier.getByText('未通过', { exact: true }).waitFor();
    await earlier.getByText('同意 1，反对 10，弃权 0').waitFor();
    await earlier.getByRole('link').click();
    await page.waitForURL(`**/cases/${rejected}`);
  });
});

describe('the lifecycle’s picture', () => {
  test('draws every way of the process and marks the present place; on a phone it unfolds', async () => {
    const page = await open('vice-director-1', `/cases/${again}`);
    const places = page.getByRole('list', { name: '流程进展' });
    await places.getByRole('listitem').filter({ hasText: '补充材料' }).waitFor();
    expect(await places.locator('[aria-current=step]').textContent()).toContain('委员会审定');
    expect(await places.getByRole('listitem').count()).toBe(12);
    expect(await page.locator('.life-ways > path').count()).toBeGreaterThan(12);
    await page.setViewportSize(phone);
    await page.getByText('下一步：选派客户经理').waitFor();
    expect(await places.isVisible()).toBe(false);
    await page.getByText('查看完整流程图').click();
    await places.getByRole('listitem').filter({ hasText: '已确立' }).waitFor();
  });

  test('shows where a case ended off the straight way', async () => {
    const page = await open('vice-director-1', `/cases/${rejected}`);
    const ended = page.getByRole('list', { name: '流程进展' }).locator('[aria-current=step]');
    await ended.getByText('未通过').waitFor();
  });
});

describe('a closed ballot', () => {
  test('is counted again on the reader’s own device, line by line, and says what would have changed it', async () => {
    const page = await open('vice-director-1', `/cases/${rejected}`);
    const ballot = page.getByRole('region', { name: '审定表决（第 1 轮）' });
    await ballot.getByText('哪些变化会改变结果').click();
    await ballot.getByText('票由“反对”改为“同意”，结果为“通过”').first().waitFor();
    await ballot.getByRole('button', { name: '计票依据' }).click();
    await ballot.getByText('服务器：按计票依据重新计算，结果一致').waitFor();
    await ballot.getByRole('button', { name: '在本机重新计算' }).click();
    await ballot.getByText('本机：按计票依据重新计算，结果一致').waitFor();
    const lines = ballot.getByRole('table', { name: '计算过程' });
    await lines
      .getByRole('row', { name: /应到：席位 13 − 回避 2 \+ 替补 0/ })
      .getByText('11', { exact: true })
      .waitFor();
    await lines.getByRole('row', { name: /实到/ }).getByText('11 ≥ 8').waitFor();
    await lines
      .getByRole('row', { name: /同意票/ })
      .getByText('1 < 11 ÷ 2')
      .waitFor();
  });

  test('that was tampered with does not agree', async () => {
    const page = await open('vice-director-1', '/inbox');
    await page.route('**/proof', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { proof: { outcome: string } };
      body.proof.outcome = 'passed';
      await route.fulfill({ response: answer, json: body });
    });
    await page.goto(`/cases/${rejected}`);
    const ballot = page.getByRole('region', { name: '审定表决（第 1 轮）' });
    await ballot.getByRole('button', { name: '计票依据' }).click();
    await ballot.getByRole('button', { name: '在本机重新计算' }).click();
    await ballot.getByText(/本机：重新计算不一致：outcome/).waitFor();
  });
});

describe('the files of a case', () => {
  const drawn = (page: Page) =>
    page.evaluate<number>(`(() => {
      const canvas = document.querySelector('.pdf canvas');
      if (!canvas || canvas.width === 0) return 0;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 0 && value < 128 && data[index + 3] > 0).length;
    })()`);

  test('are shown over the page, on a phone too, each showing being one reading on record; others are saved', async () => {
    const office = await open('office-clerk-1', `/cases/${again}`);
    const files = office.getByRole('region', { name: '附件', exact: true });
    await files.getByText('可上传').waitFor();
    await files.locator('input[type=file]').setInputFiles([example('一期结算书.pdf'), example('项目清单.xlsx')]);
    await files.locator('input[type=file]').setInputFiles([
      { name: '现场.png', mimeType: 'image/png', buffer: picture },
      { name: '说明.txt', mimeType: 'text/plain', buffer: Buffer.from('项目说明：第一行\n第二行') },
    ]);
    await files.getByRole('button', { name: '预览 说明.txt' }).waitFor();
    await files.getByRole('button', { name: '预览 一期结算书.pdf' }).waitFor();
    await files.getByRole('link', { name: '项目清单.xlsx' }).waitFor();

    const page = await open('vice-director-1', `/cases/${again}`, {
      viewport: phone,
      hasTouch: true,
      isMobile: true,
    });
    const shown = page.getByRole('dialog');
    await page.getByRole('button', { name: '预览 一期结算书.pdf' }).tap();
    await shown.getByRole('img', { name: /一期结算书（演示）/ }).waitFor();
    await poll(() => drawn(page)).toBeGreaterThan(100);
    await shown.getByText('保存到本机').waitFor();
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '预览 现场.png' }).tap();
    await shown.getByRole('img', { name: '现场.png' }).waitFor();
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '预览 说明.txt' }).tap();
    await shown.getByText('项目说明：第一行').waitFor();

    const { items } = await persons.ask<{ items: { actor: { id: string } | null; codes: object }[] }>(
      'auditor',
      'GET',
      '/audit?act=attachment.read&limit=50',
    );
    expect(items.filter(({ actor }) => actor?.id === 'vice-director-1')).toHaveLength(3);
  });

  test('of a kind nobody accepts are refused before they are sent', async () => {
    const page = await open('office-clerk-1', `/cases/${again}`);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/attachments')) sent.push(request.url());
    });
    const files = page.getByRole('region', { name: '附件', exact: true });
    await files.getByText('可上传').waitFor();
    await files
      .locator('input[type=file]')
      .setInputFiles([{ name: '脚本.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }]);
    await files.getByText('不接受这种文件。').waitFor();
    expect(sent).toEqual([]);
  });
});

describe('the approval form', () => {
  test('is paper, black on white in dark mode too, with who said what and the ballot as far as it is told', async () => {
    const page = await open('director', `/cases/${rejected}`, { colorScheme: 'dark' });
    await page.getByRole('link', { name: '审批表' }).click();
    const paper = page.getByRole('article', { name: '审批表' });
    await paper.getByText('大客户推荐审批表').waitFor();
    await paper.getByText(dissent).waitFor();
    await paper.getByText('同意 1，反对 10，弃权 0').waitFor();
    await paper.getByText('委员会第一副主任：反对').waitFor();
    await paper.getByText('普通商密').first().waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await page.evaluate<string>(
      `(({ backgroundColor, color }) => backgroundColor + ' ' + color)(getComputedStyle(document.querySelector('.paper')))`,
    );
    expect(colours).toBe('rgb(255, 255, 255) rgb(0, 0, 0)');
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThanOrEqual(2);
    // A4 in points.
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/);
  });

  test('tells nothing of how anybody votes while the ballot is open, and is not for overseers', async () => {
    const page = await open('central-submitter', `/cases/${again}/form`);
    const paper = page.getByRole('article', { name: '审批表' });
    await paper.getByText('表决结束前，每人的意见不公开。').waitFor();
    const auditor = await open('auditor', `/cases/${again}/form`);
    await auditor.getByText('您可以查看进展，不能查看材料内容。').waitFor();
    expect(await auditor.getByText(form.client.name).count()).toBe(0);
  });
});

test('what came to nothing is sent again from its page: a draft with the same form, linked to it', async () => {
  const page = await open('central-submitter', `/cases/${rejected}`);
  await page.getByRole('button', { name: '再次推荐' }).click();
  await page.waitForURL('**/recommendations/**');
  const draft = page.url().split('/').at(-1) ?? '';
  await page.locator('.form-foot').getByText('已保存', { exact: true }).waitFor();
  const view = await persons.caseOf(draft);
  expect([view.state, view.recommendation?.linkedCaseId, view.title]).toEqual(['draft', rejected, form.client.name]);
});
