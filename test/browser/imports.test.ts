import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { startConsole } from '../support/console.ts';
import { csv } from '../support/tables.ts';

const { open, excuse } = await startConsole();
const folder = await mkdtemp(join(tmpdir(), 'approvals-imports-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const row = {
  甲方名称: '岭南示例建设集团有限公司',
  单位代码: '',
  级别: '公司级',
  推荐单位: '华中分公司',
  专职客户经理: '华中分公司客户经理甲',
  确立日期: '2024-03-15',
  决定文号: '公司发〔2024〕18号',
  决定日期: '2024-03-12',
  决定机构: '大客户管理委员会',
  预计后续合同额: '26020',
};
const WAIT_MS = 180_000;

test(
  'a ledger is brought, mapped, mended by its report, and taken over by a second person',
  async () => {
    const file = join(folder, '台账.csv');
    await writeFile(file, csv([row, { ...row, 甲方名称: '珠江示例投资有限公司', 推荐单位: '无此分公司' }]));
    const clerk = await open('data-clerk', '/imports');
    excuse(clerk, /409 \(Conflict\).*\/api\/v1\/imports\)$/);
    await clerk.getByRole('region', { name: '导入表格' }).locator('input[type=file]').setInputFiles(file);
    const mapping = clerk.getByRole('region', { name: '列的对应关系' });
    await mapping.getByText('已识别 9 / 21 列').waitFor();
    await mapping.getByLabel('单位名称 *', { exact: true }).click();
    await clerk.locator('.ant-select-item-option').filter({ hasText: '甲方名称' }).first().click();
    await mapping.getByRole('button', { name: '按此重新检查' }).click();
    const report = clerk.getByRole('region', { name: '检查报告' });
    await report.getByText('没有“无此分公司”这个单位').waitFor();
    await clerk.getByText('有 1 行不能导入').waitFor();
    await clerk.getByRole('button', { name: '作废' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: '作废' }).click();
    await clerk.getByText('已清除').waitFor();

    await writeFile(file, csv([{ 单位名称: row.甲方名称, ...row }]));
    await clerk.goto('/imports');
    await clerk.getByRole('region', { name: '导入表格' }).locator('input[type=file]').setInputFiles(file);
    await clerk.getByText('待经营部另一人确认导入').waitFor();
    const office = await open('office-clerk-1', new URL(clerk.url()).pathname);
    await office.getByRole('button', { name: '导入 1 行' }).click();
    await office.getByRole('dialog').getByRole('button', { name: '确认导入' }).click();
    await office.getByText('已导入', { exact: true }).waitFor();

    await office.goto('/accounts');
    await office.getByRole('link', { name: row.甲方名称 }).click();
    await office.getByText('更多资料').click();
    await office.getByText('公司发〔2024〕18号 · 大客户管理委员会 · 2024-03-12').waitFor();
    await office.locator('nav.tabs').getByRole('link', { name: '对接', exact: true }).click();
    await office.getByText('台账导入').first().waitFor();

    await clerk.goto('/imports');
    await clerk.getByRole('region', { name: '导入表格' }).locator('input[type=file]').setInputFiles(file);
    await clerk.getByText('没有新增或改动任何数据').waitFor();
  },
  WAIT_MS,
);
