import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Browsing, phone } from '../support/browser.ts';
import { exampleForm } from '../support/company.ts';
import { startConsole } from '../support/console.ts';
import { poll } from '../support/poll.ts';

const settlement = fileURLToPath(new URL('../../examples/一期结算书.pdf', import.meta.url));

const { persons, open, excuse } = await startConsole();

async function drafted(change?: Parameters<typeof exampleForm>[0], options?: Parameters<Browsing['signedIn']>[1]) {
  const caseId = await persons.drafted(exampleForm(change));
  const page = await open('central-submitter', `/recommendations/${caseId}`, options);
  await page.locator('.form-foot').getByText('已保存', { exact: true }).waitFor();
  return { caseId, page };
}

test('the grade forms while amounts are typed, with the distance to the line; whose territory a project lies in is told', async () => {
  const { page } = await drafted((form) => {
    for (const project of form.projects.slice(3)) project.regionCode = '440100';
  });
  const projects = page.getByRole('region', { name: '项目与级别' });
  await projects.getByText('高出公司级标准').waitFor();
  const second = page.getByRole('group', { name: '项目 2', exact: true });
  await second.getByLabel('合同额（含税）').fill('0.000001');
  await projects.locator('.grade-line').getByText('分公司级', { exact: true }).first().waitFor();
  await projects.getByText('距公司级还差').waitFor();
  await second.getByText('华中分公司 管辖区域').waitFor();
  await page.getByRole('group', { name: '项目 4', exact: true }).getByText('华南分公司 管辖区域').waitFor();
  await page.getByText('跨区域项目：推荐单位有优先选择权').first().waitFor();
});

test('what is missing is listed by part, and each entry leads to its field; on a phone too', async () => {
  const { page } = await drafted(
    (form) => {
      form.client.nature = '';
      form.conflictDeclaration = '';
    },
    { viewport: phone, hasTouch: true, isMobile: true },
  );
  await page.getByRole('button', { name: '还缺 2 项' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: '单位性质' }).tap();
  await poll(() => page.evaluate<string>('document.activeElement.id')).toBe('recommendation_client_nature');
  await page.getByLabel('单位性质').fill('地方国有企业');
  await page.getByRole('button', { name: '还缺 1 项' }).waitFor();
});

test('evidence is uploaded where it is named, and a name without its file is told', async () => {
  const { page } = await drafted();
  const criterion = page.getByRole('group', { name: '施工收益稳定' });
  await criterion.getByText('尚未上传', { exact: true }).waitFor();
  await criterion.locator('input[type=file]').setInputFiles(settlement);
  await criterion.getByText('尚未上传', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('region', { name: '附件', exact: true }).getByText('一期结算书.pdf').waitFor();
});

test('a file whose sending failed can be sent again, and is attached once', async () => {
  const { page, caseId } = await drafted();
  excuse(page, /ERR_CONNECTION_RESET/);
  await page.route('**/api/v1/attachments', (route) => route.abort('connectionreset'), { times: 1 });
  const files = page.getByRole('region', { name: '附件', exact: true });
  await files.locator('input[type=file]').setInputFiles(settlement);
  await files.getByRole('list', { name: '正在上传的文件' }).getByRole('button', { name: '重试' }).click();
  await files.getByRole('button', { name: '预览 一期结算书.pdf' }).waitFor();
  const kept = await persons.ask<{ items: object[] }>('central-submitter', 'GET', `/cases/${caseId}/attachments`);
  expect(kept.items).toHaveLength(1);
});

test('a company that is in progress elsewhere is told while its code is typed, of members too, and no more than that', async () => {
  const taken = exampleForm();
  const busy = await persons.drafted(taken);
  await persons.ask('central-submitter', 'POST', `/recommendations/${busy}/submit`, {});

  const page = await open('east-submitter', '/recommendations/new');
  await page.getByLabel('单位名称').fill(taken.client.name);
  const told = page.getByText('该客户正在办理中，请与经营部联系；提交时可申请共同推荐。');
  await told.waitFor();
  await page.getByLabel('单位名称').fill('另一家示例投资有限公司');
  const free = page.getByText('没有发现重复，可以推荐。');
  await free.waitFor();
  await page.getByLabel('统一社会信用代码').fill('91110000MA01234567');
  await page.getByText('按名称没有发现重复；代码有误，尚未按代码核对。').waitFor();
  expect(await free.count()).toBe(0);
  await page.getByLabel('统一社会信用代码').fill('');
  await free.waitFor();
  await page.getByRole('button', { name: '开始填写' }).click();
  await page.waitForURL(/recommendations\/[^/]+-/);
  await page.getByRole('button', { name: '添加成员单位' }).click();
  const member = page.getByRole('group', { name: '成员单位 1' });
  await member.getByLabel('成员单位代码').fill(taken.client.members[0]?.uscc ?? '');
  await member.getByText('该客户正在办理中').waitFor();
  expect(await page.getByText('华中分公司', { exact: true }).count()).toBe(0);
});
