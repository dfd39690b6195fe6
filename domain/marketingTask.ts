import type { Standings } from './accountStanding.ts';

/**
 * 营销任务 of an account (Article 6.1; annex 4 营销任务及完成). Who sets, fulfils and drops one is 系统默认: the account's manager or the
 * head of a holding unit sets it; whoever is to do it, or one of those two, fulfils it; it is dropped by who set it, or by the head, and ended with
 * its account.
 */
export type MarketingTask = {
  readonly state: 'open' | 'done' | 'dropped' | 'ended';
  readonly ownerId: string;
  readonly setBy: string;
  /** The last day on which it is in time. */
  readonly dueOn: string;
};

export const maySet = (standing: Standings): boolean => standing.has('manager') || standing.has('head');

export const mayFulfil = (task: MarketingTask, personId: string, standing: Standings): boolean =>
  task.state === 'open' && (task.ownerId === personId || maySet(standing));

export const mayDrop = (task: MarketingTask, personId: string, standing: Standings): boolean =>
  task.state === 'open' && (standing.has('head') || (standing.has('manager') && task.setBy === personId));

/** Still open after its last day. Days are `YYYY-MM-DD`. */
export const isOverdue = (task: Pick<MarketingTask, 'state' | 'dueOn'>, today: string): boolean =>
  task.state === 'open' && task.dueOn < today;
