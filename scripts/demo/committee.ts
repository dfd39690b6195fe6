import type { BallotView } from '../../api/contract/ballots.ts';
import type { CaseView } from '../../api/contract/cases.ts';
import { agreementOf, isChoice, outcomeOfChoice, type Proof } from '../../domain/choice.ts';
import { type Calls, Difference, expectSame } from './calls.ts';
import type { Scene } from './scene.ts';
import { wordOf } from './story.ts';
import { answers, comesTo, until } from './waiting.ts';

const CLERK = 'office-clerk-1';
const DIRECTOR = 'director';

const newest = async (calls: Calls, personId: string, caseId: string, step: string): Promise<BallotView | undefined> =>
  (await calls.get<{ items: BallotView[] }>(personId, `/cases/${caseId}/ballots`)).items.findLast(
    (each) => each.step === step,
  );

/** The newest ballot of a step, as this person sees it. */
export async function ballotOf(calls: Calls, personId: string, caseId: string, step: string): Promise<BallotView> {
  const ballot = await newest(calls, personId, caseId, step);
  if (!ballot) throw new Difference(`没有表决 · there is no ballot: ${step}`);
  return ballot;
}

type Answered = Awaited<ReturnType<typeof answers>>;

/** Who is not recused votes alike, the director last, until the ballot closes. @returns with whose vote it closed */
export async function voteAlike(scene: Scene, caseId: string, step: string, choice: string): Promise<Answered> {
  const { calls } = scene;
  const { roll, rule } = await until(`表决 · the ballot ${step}`, async () => {
    const ballot = await newest(calls, CLERK, caseId, step);
    return ballot?.status === 'open' ? ballot : null;
  });
  const members = roll.flatMap(({ recusal, person }) =>
    recusal === null && person.id !== DIRECTOR ? [person.id] : [],
  );
  const vote = (personId: string) => answers(scene, personId, caseId, 'vote', 'vote', { choice });
  if (!rule.early) {
    await Promise.all(members.map(vote));
    return vote(DIRECTOR);
  }
  // It closes when its outcome is certain: one after another, and whose vote is not needed any more is not asked.
  for (const personId of [...members, DIRECTOR]) {
    const last = await vote(personId);
    if ((await ballotOf(calls, CLERK, caseId, step)).status === 'closed') return last;
  }
  throw new Difference(`表决没有结束 · the ballot has not closed: ${step}`);
}

/** Who is recused from a ballot, by unit. */
export const recusedUnits = ({ roll }: BallotView): string[] => [
  ...new Set(roll.flatMap(({ recusal, unit }) => (recusal === null || unit === null ? [] : [unit.id]))),
];

/** Tells what a ballot came to, and that its proof gives the same. */
export async function expectProof({ calls, story }: Scene, caseId: string, ballot: BallotView): Promise<void> {
  const { proof } = await calls.get<{ proof: Proof }>(CLERK, `/cases/${caseId}/ballots/${ballot.id}/proof`);
  const proven = isChoice(proof) ? outcomeOfChoice(proof) : proof.outcome;
  expectSame('按计票依据复算 · recomputed from its proof', [agreementOf(proof).agrees, proven], [true, ballot.outcome]);
  const { tally } = ballot;
  const counted =
    tally.options?.map(({ option, votes }) => `${wordOf(`option.${option}`)} ${votes}`).join('，') ??
    `同意 ${tally.for}，反对 ${tally.against}，弃权 ${tally.abstain}`;
  const outcome = tally.options ? wordOf(`option.${ballot.outcome}`) : wordOf(`outcome.${ballot.outcome}`);
  const told = `${outcome}（${counted}，实到 ${tally.present}），按计票依据复算一致`;
  story.check(told, 'recomputed from its proof');
}

/** A ballot passes, without the seats of these units and so with this body, and leads to this state. */
export async function tellPassing(
  scene: Scene,
  caseId: string,
  step: string,
  told: { readonly zh: string; readonly en: string },
  expected: { readonly recused: readonly string[]; readonly body: number; readonly to: string },
): Promise<CaseView> {
  const last = await voteAlike(scene, caseId, step, 'for');
  const seen = await comesTo(scene, caseId, expected.to);
  scene.story.step({ ...told, ...last }, seen.stateKey);
  const ballot = await ballotOf(scene.calls, CLERK, caseId, step);
  expectSame(
    '表决结果、回避单位、应到 · outcome, recused, body',
    [ballot.outcome, recusedUnits(ballot).toSorted(), ballot.tally.expected],
    ['passed', expected.recused.toSorted(), expected.body],
  );
  await expectProof(scene, caseId, ballot);
  return seen;
}
