import {
  ApplicationFailure,
  condition,
  defineSignal,
  proxyLocalActivities,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { PolicyValues } from '../domain/policy.ts';
import type { Ending, ProcessContract, StepOutcome } from '../domain/process.ts';
import { type CaseStart, DECIDE, DECIDED, type Doorbell, type StepActivities } from './contracts/case.ts';

// The facts are one short transaction away, so a local activity serves, and costs no second workflow task. It is retried
// for as long as the database is away: nothing that waits is lost.
const facts = proxyLocalActivities<StepActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { maximumInterval: '20 seconds' },
});

const caseState = { name: 'CaseState', type: 'KEYWORD' } as const;

/** What the prose of a process is written with. */
export type Prose<Step extends string> = {
  /** Opens the next round of a step, waits until people, or silence, have settled it, and says what it came to. */
  ask(step: Step): Promise<StepOutcome>;
  /** Puts a matter to the vote until it is settled: a tie is balloted again, a missing quorum goes to the office. */
  ballot(step: Step): Promise<'passed' | 'failed' | 'lapse' | 'unavailable'>;
  /**
   * Puts a choice to the vote, a second time between the two leading where no option has a majority. Where that does not decide either
   * the mildest option holds, and `decided` is false.
   */
  choose(step: Step): Promise<{ readonly option: string; readonly decided: boolean }>;
  /** The policy version the case began with. */
  readonly policy: PolicyValues;
};

/** Thrown through the prose when the case was ended from outside it: withdrawn, or lapsed by two administrators. */
class Ended extends Error {
  readonly ending: Ending;
  constructor(ending: Ending) {
    super(ending);
    this.ending = ending;
  }
}

/**
 * Runs one case: hears the doorbells, walks the prose, concludes in the terminal state it returns. Started again from the
 * beginning, it finds every step already settled by name and round, and so walks the facts to the present place.
 */
export async function runCase<Contract extends ProcessContract>(
  contract: Contract,
  { caseId }: CaseStart,
  prose: (words: Prose<keyof Contract['steps'] & string>) => Promise<string>,
): Promise<string> {
  let rung = 0;
  setHandler(defineSignal<[Doorbell]>(DECIDED), () => {
    rung++;
  });
  // Anything may arrive here, from anybody with access to Temporal. What it holds is judged by the guard, outside.
  const signals: unknown[] = [];
  setHandler(defineSignal<[unknown]>(DECIDE), (signal) => {
    signals.push(signal ?? null);
  });

  /**
   * Passes signals on one at a time, from the prose's own line. Local activities that ran side by side would be settled one by one now
   * and all together in a replay, and a case that was signalled twice at once could never be replayed.
   */
  async function passOn(): Promise<void> {
    while (signals.length > 0) await facts.decideBySignal({ caseId, signal: signals.shift() });
  }

  const rounds = new Map<string, number>();
  let state = '';

  async function ask(step: string): Promise<StepOutcome> {
    const spec = contract.steps[step];
    if (!spec) throw ApplicationFailure.nonRetryable(`no step ${step} in ${contract.process}`);
    const round = (rounds.get(step) ?? 0) + 1;
    rounds.set(step, round);
    const place = { caseId, step, round };
    let heard = rung;
    let progress = await facts.openStep({ ...place, now: Date.now() });
    if (state !== spec.state) {
      state = spec.state;
      upsertSearchAttributes([{ key: caseState, value: state }]);
    }
    while (progress.is === 'waiting') {
      await bellOr(progress.nextAt, heard);
      heard = rung;
      await passOn();
      progress = await facts.progress({ ...place, now: Date.now() });
    }
    if (progress.is === 'ended') throw new Ended(progress.ending);
    return progress;
  }

  async function bellOr(nextAt: number | null, heard: number): Promise<void> {
    const ringing = () => rung !== heard || signals.length > 0;
    if (nextAt === null) await condition(ringing);
    else await condition(ringing, Math.max(nextAt - Date.now(), 1));
  }

  async function ballot(step: string): ReturnType<Prose<string>['ballot']> {
    for (;;) {
      const { outcome } = await ask(step);
      if (outcome === 'deferred') {
        await ask(`${step}.runoff`);
      } else if (outcome === 'inquorate') {
        const resolved = await ask(`${step}.inquorate`);
        if (resolved.outcome === 'lapse') return 'lapse';
        if (resolved.outcome === 'recordHigherBody') return resolved.codes.decision === 'passed' ? 'passed' : 'failed';
      } else {
        return outcome as 'passed' | 'failed' | 'unavailable';
      }
    }
  }

  async function choose(step: string): ReturnType<Prose<string>['choose']> {
    let chosen = await ask(step);
    if (chosen.outcome === 'secondBallot') chosen = await ask(step);
    return { option: chosen.outcome, decided: chosen.codes.decided === true };
  }

  const { policy } = await facts.begin({ caseId });
  let ending: string;
  try {
    ending = await prose({ ask, ballot, choose, policy });
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
    ending = error.ending;
  }
  const { state: concluded } = await facts.conclude({ caseId, state: ending, now: Date.now() });
  upsertSearchAttributes([{ key: caseState, value: concluded }]);
  await passOn();
  return concluded;
}
