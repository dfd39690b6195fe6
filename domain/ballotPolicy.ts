/** What the policy says of a ballot. */
import type { BallotRule, Matter } from './ballotRule.ts';
import type { PolicyValues } from './policy.ts';

/** The rule of a matter under a policy version. */
export function ruleOf(matter: Matter, values: PolicyValues): BallotRule {
  const approve = matter === 'approve';
  return {
    matter,
    quorumOfBody: approve ? values.approveQuorum : values.ratifyQuorum,
    quorumOfSeats: approve ? values.approveFloor : values.ratifyFloor,
    floor: 2,
    majorityOf: approve ? 'body' : 'present',
    presiderRequired: !approve,
    tieBreak: values.tieBreak,
    directorLast: approve && values.directorLast,
    sealed: values.sealed,
    early: approve ? values.earlyApprove : values.earlyRatify,
  };
}

/** How long a ballot is open, in business days. */
export function ballotDays(matter: Matter, values: PolicyValues): number {
  const { approvingCompanyDays: approve, approvingBranchDays: ratify, confirmingDays: confirm } = values;
  return { approve, ratify, confirm }[matter];
}
