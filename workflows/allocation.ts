import { runCase } from './case.ts';
import { allocation as contract } from './contracts/allocation.ts';
import type { CaseStart } from './contracts/case.ts';

/** A project across regions: who has the first choice, what the others think, and what the committee makes of it (Article 7.2). */
export async function allocation(start: CaseStart): Promise<string> {
  return runCase(contract, start, async ({ ask, ballot, policy }) => {
    // One unit after the other, until one takes its choice or nobody is left to ask.
    let chosen: string;
    do chosen = (await ask('firstChoice')).outcome;
    while (chosen === 'leave' || chosen === 'silent');

    await ask('consultation');

    for (let refusals = 0; refusals < policy.maxProposals; refusals++) {
      const proposal = (await ask('proposing')).outcome;
      const decided = await ballot(proposal === 'release' ? 'releasing' : 'deciding');
      if (decided === 'lapse') return 'lapsed';
      if (decided === 'passed') return proposal === 'release' ? 'released' : 'allocated';
    }
    return (await ask('directing')).outcome === 'allocate' ? 'allocated' : 'released';
  });
}
