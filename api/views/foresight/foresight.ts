import type { Actor } from '../../../cases/actor.ts';
import type { PolicyValues } from '../../../domain/policy.ts';
import type { ForesightView } from '../../contract/foresight.ts';
import type { ApiDeps } from '../../deps.ts';
import { readableCases } from '../readableCases.ts';
import { ballots } from './ballots.ts';
import { deadlines } from './deadlines.ts';
import { accounts, recommendations } from './grades.ts';
import { type Asked, type ForesightBounds, nothing, standardBounds } from './pages.ts';
import { reviews } from './reviews.ts';

/**
 * What would change under other values: what was decided and scored, gone through again page by page, the newest first, until the time is
 * up. Reads alone. What the reader may not read is counted and not shown.
 */
export async function foresee(
  deps: ApiDeps,
  actor: Actor,
  given: { readonly values: PolicyValues; readonly current: PolicyValues },
  bounds: ForesightBounds = standardBounds,
): Promise<ForesightView> {
  const { condition } = await readableCases(deps, actor);
  const newest = await deps.prisma.campaign.findFirst({ orderBy: { year: 'desc' }, select: { year: true } });
  const asked: Asked = { deps, actor, ...given, readable: condition, bounds, until: Date.now() + bounds.budget };
  // What is few and cheap comes first, so that many ballots do not take its time.
  const parts = [
    newest ? await reviews(asked, newest.year) : nothing('review'),
    await accounts(asked),
    await recommendations(asked),
    await ballots(asked),
    await deadlines(asked),
  ];
  return {
    examined: parts.map(({ kind, total, examined, differing }) => ({ kind, total, examined, differing })),
    year: newest?.year ?? null,
    differing: parts.flatMap(({ shown }) => shown),
    notReplayed: ['deadlines', 'matter', 'sealed', 'figures'],
  };
}
