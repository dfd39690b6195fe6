import type { DeskView } from '../../api/contract/desk.ts';
import { expectSame } from './calls.ts';
import type { Scene } from './scene.ts';

const MANAGER = 'central-manager';
const HEAD = 'central-head';
const RIVAL = 'east-submitter';

/** 工作台: the new account is on its manager's desk, its unit's, and counted on the committee's (Articles 5, 6, 8). */
export async function tellDesk({ calls, story }: Scene, accountId: string): Promise<void> {
  const mine = await calls.get<DeskView>(MANAGER, '/desks/mine');
  const own = mine.accounts.find(({ id }) => id === accountId);
  expectSame('客户经理的工作台 · on the manager’s desk', own?.visitDays, 30);
  story.step({
    zh: `工作台：${own?.name}，${own?.visitDueOn} 前回访`,
    en: 'the manager’s desk says by when to visit',
    by: MANAGER,
    article: '6.1',
  });
  const unit = await calls.get<DeskView>(HEAD, '/desks/unit');
  expectSame(
    '本单位的工作台 · on the unit’s desk',
    unit.accounts.some(({ id }) => id === accountId),
    true,
  );
  const company = await calls.get<DeskView>('director', '/desks/company');
  const group = company.groups.find((each) => each.unit?.id === own?.unit?.id);
  expectSame('委员会的工作台 · counted on the committee’s', (group?.accounts ?? 0) > 0, true);
  const other = await calls.get<DeskView>(RIVAL, '/desks/mine');
  expectSame(
    '其他单位看不到 · not on another’s',
    other.accounts.some(({ id }) => id === accountId),
    false,
  );
  story.check(
    '本单位和委员会的工作台都已计入，其他单位看不到',
    'on the unit’s and the committee’s desk, and nobody else’s',
  );
}
