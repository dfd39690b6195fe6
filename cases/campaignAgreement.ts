import type { PoolClient } from 'pg';
import type { KeyStore } from '../platform/keyStore.ts';
import { reasonOf } from './campaignRecord.ts';

/** The campaigns as they are stored, with every review in them and what its case came to. */
export type StoredCampaigns = {
  readonly campaigns: readonly { readonly year: number; readonly state: string; readonly remaining: number }[];
  readonly acts: readonly {
    readonly id: string;
    readonly year: number;
    readonly number: number;
    readonly secret: Buffer | null;
  }[];
  readonly reviews: readonly StoredReview[];
  /** Cases of the process that are no review's. */
  readonly strays: readonly string[];
};

export type StoredReview = {
  readonly id: string;
  readonly year: number;
  readonly accountId: string;
  readonly terminated: boolean;
  readonly state: string;
  /** It was left out, and its account added again: another one stands in its place. */
  readonly replaced: boolean;
  readonly outcome: string | null;
  readonly caseId: string | null;
  readonly caseState: string | null;
  readonly caseClosed: boolean;
  readonly ending: string | null;
  /** Whether its case is about its account. */
  readonly about: boolean;
};

export type CampaignProblem = { readonly at: string; readonly problem: string };

export async function loadCampaigns(client: Pick<PoolClient, 'query'>): Promise<StoredCampaigns> {
  const { rows: campaigns } = await client.query<StoredCampaigns['campaigns'][number]>(
    'SELECT year, state, remaining FROM campaigns ORDER BY year',
  );
  const { rows: acts } = await client.query<StoredCampaigns['acts'][number]>(
    'SELECT id, year, number, secret FROM campaign_acts ORDER BY year, number',
  );
  const { rows: reviews } = await client.query<StoredReview>(
    `SELECT r.id, r.year, r.account_id AS "accountId", a.state = 'terminated' AS terminated, r.state, r.replaced, r.outcome,
       c.id AS "caseId", c.state AS "caseState", c.closed_at IS NOT NULL AS "caseClosed", c.ending,
       EXISTS (SELECT 1 FROM case_accounts ca WHERE ca.case_id = r.case_id AND ca.account_id = r.account_id) AS about
     FROM reviews r JOIN accounts a ON a.id = r.account_id LEFT JOIN cases c ON c.id = r.case_id
     ORDER BY r.year, r.account_id`,
  );
  const { rows: strays } = await client.query<{ id: string }>(
    `SELECT c.id FROM cases c WHERE c.process = 'review' AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.case_id = c.id) ORDER BY c.id`,
  );
  return { campaigns, acts, reviews, strays: strays.map(({ id }) => id) };
}

/** What does not agree within the campaigns, and between them and their cases. Pure. */
export function campaignProblems({ campaigns, acts, reviews, strays }: StoredCampaigns): CampaignProblem[] {
  const known = new Set<string>();
  return [
    ...campaigns.flatMap((campaign) => {
      const of = reviews.filter(({ year }) => year === campaign.year);
      const numbers = acts.filter(({ year }) => year === campaign.year).map(({ number }) => number);
      return counterProblems(campaign, of, numbers).map((problem) => ({ at: `campaign ${campaign.year}`, problem }));
    }),
    ...reviews.flatMap((review) => {
      return [...placeProblems(review, known), ...reviewProblems(review)].map((problem) => ({
        at: `review ${review.id}`,
        problem,
      }));
    }),
    ...strays.map((id) => ({ at: `case ${id}`, problem: 'a review of no campaign' })),
  ];
}

/** An account has one review in a campaign; of those it was left out of and added again, any number. */
function placeProblems({ year, accountId, state, replaced }: StoredReview, known: Set<string>): string[] {
  if (replaced) return state === 'excluded' ? [] : [`replaced, and ${state}`];
  const place = `${year} ${accountId}`;
  if (known.has(place)) return ['the account is in the campaign twice'];
  known.add(place);
  return [];
}

function counterProblems(
  { state, remaining }: StoredCampaigns['campaigns'][number],
  reviews: readonly StoredReview[],
  numbers: readonly number[],
): string[] {
  const left = reviews.filter((review) => review.state === 'waiting' || review.state === 'open').length;
  return [
    ...(remaining === left ? [] : [`counts ${remaining} not settled, and ${left} are not`]),
    ...(state === 'closed' && left > 0 ? ['closed, and not all are settled'] : []),
    ...(numbers.every((number, at) => number === at + 1) ? [] : ['its acts are not numbered one after the other']),
  ];
}

function reviewProblems(review: StoredReview): string[] {
  const { state, caseId, caseState, caseClosed, ending, about } = review;
  const strange = caseId !== null && !about ? ['its case is not about its account'] : [];
  if (state === 'waiting') return caseId === null ? [] : ['waits, and has a case'];
  if (state === 'excluded')
    return [...strange, ...(caseId !== null && ending !== 'withdrawn' ? [`excluded, its case is ${caseState}`] : [])];
  if (state === 'open')
    return [...strange, ...(caseId === null || caseClosed ? [`open, its case is ${caseState ?? 'nowhere'}`] : [])];
  return [...strange, ...finishedProblems(review)];
}

/** Without an outcome it is finished where its account, or its case from outside, ended; an outcome is compared with its ballot by `reviewAgreement`. */
function finishedProblems({ outcome, caseId, ending, terminated }: StoredReview): string[] {
  if (outcome !== null) return caseId === null ? [`${outcome}, and has no case`] : [];
  const ended = caseId === null ? terminated : ending !== null;
  return ended ? [] : ['finished, without an outcome'];
}

/** Opens the reasons of what was done. @returns how many, and which do not decrypt */
export async function openedCampaigns(
  { acts }: Pick<StoredCampaigns, 'acts'>,
  keys: KeyStore,
): Promise<{ readonly opened: number; readonly problems: readonly CampaignProblem[] }> {
  const problems: CampaignProblem[] = [];
  for (const act of acts)
    await reasonOf({ keys }, act).catch(() =>
      problems.push({ at: `campaign ${act.year} act ${act.number}`, problem: 'does not decrypt' }),
    );
  return { opened: acts.filter(({ secret }) => secret !== null).length, problems };
}
