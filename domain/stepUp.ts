/**
 * Step-up (系统默认): for some acts a person proves anew that it is he who sits there, where policy says so. A sign-in with a password is a proof too, one by a provider from when it says that it asked,
 * for as long as policy lets one hold.
 */
import type { PolicyValues } from './policy.ts';

export type SensitiveAct = 'vote' | 'override';

/** What an answer to a task is to step-up; null where it is nothing special. */
export function sensitiveActOf(kind: string, action: string): SensitiveAct | null {
  if (kind === 'vote' && action === 'vote') return 'vote';
  return ['confirmOverride', 'confirmRedrive'].includes(kind) && action === 'confirm' ? 'override' : null;
}

export const needsStepUp = (policy: PolicyValues, act: SensitiveAct): boolean =>
  ({ vote: policy.stepUpVote, override: policy.stepUpOverride })[act];

export const stillProven = (policy: PolicyValues, provenAt: Date, now: Date): boolean =>
  now.getTime() - provenAt.getTime() <= policy.stepUpMinutes * 60_000;
