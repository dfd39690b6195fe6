import { type Actor, hasRole } from '../../cases/actor.ts';
import { change, figuresOf, scoreBands } from '../../domain/campaignReport.ts';
import { DomainError } from '../../domain/errors.ts';
import type { CampaignReport, ReportedReview } from '../contract/campaignReport.ts';
import type { ApiDeps } from '../deps.ts';
import { dayOf, timeOf, timeOrNull } from './days.ts';
import { loadNames } from './names.ts';

type Row = Omit<ReportedReview, 'account' | 'unit'> & {
  readonly accountId: string;
  readonly name: string;
  readonly archiveNo: string;
  readonly unitId: string | null;
};

/** What a campaign came to, with every account. @throws DomainError `forbidden`; `notFound` for a year without a campaign */
export async function reportOf(
  deps: ApiDeps,
  actor: Actor,
  year: number,
): Promise<{ readonly report: CampaignReport; readonly reviews: readonly ReportedReview[] }> {
  if (actor.seats.length === 0 && !hasRole(actor, 'office') && !hasRole(actor, 'auditor'))
    throw new DomainError('forbidden', { needed: 'committee, office, auditor' });
  const campaign = await deps.prisma.campaign.findUnique({ where: { year } });
  if (!campaign) throw new DomainError('notFound');
  const [reviews, past] = await Promise.all([reviewsOf(deps, year), reviewsOf(deps, year - 1)]);
  const before = <T>(of: (rows: readonly ReportedReview[]) => T): T | null => (past.length === 0 ? null : of(past));
  const units = new Map(reviews.map(({ unit }) => [unit?.id ?? null, unit]));
  const inUnit = (id: string | null) => (rows: readonly ReportedReview[]) =>
    figuresOf(rows.filter(({ unit }) => (unit?.id ?? null) === id));
  const inGrade = (grade: string) => (rows: readonly ReportedReview[]) =>
    figuresOf(rows.filter(({ gradeBefore }) => gradeBefore === grade));
  const report: CampaignReport = {
    year,
    state: campaign.state,
    cutoffOn: dayOf(campaign.cutoffOn),
    openedAt: timeOf(campaign.openedAt),
    closedAt: timeOrNull(campaign.closedAt),
    total: figuresOf(reviews),
    before: before(figuresOf),
    units: [...units].map(([id, unit]) => ({ unit, figures: inUnit(id)(reviews), before: before(inUnit(id)) })),
    grades: (['company', 'branch'] as const).map((grade) => ({
      grade,
      figures: inGrade(grade)(reviews),
      before: before(inGrade(grade)),
    })),
    scores: [...scoreBands(reviews)],
    scoresBefore: before((rows) => [...scoreBands(rows)]),
    notable: reviews.filter(isNotable),
  };
  return { report, reviews };
}

const isNotable = (review: ReportedReview): boolean =>
  change(review) !== null ||
  review.decided === false ||
  review.state === 'excluded' ||
  (review.state === 'finished' && review.outcome === null);

/** Every account of a campaign, by unit and name. Its unit is that of its case; of one that was never begun, the one that leads it. */
async function reviewsOf(deps: ApiDeps, year: number): Promise<ReportedReview[]> {
  const { rows } = await deps.pool.query<Row>(
    `SELECT r.account_id AS "accountId", k.name, a.archive_no AS "archiveNo", r.case_id AS "caseId", r.state, r.score, r.proposal, r.outcome,
       r.decided, r.data_at_hand AS "dataAtHand", r.grade_before AS "gradeBefore", r.grade_after AS "gradeAfter",
       coalesce(c.unit_id, (SELECT h.unit_id FROM holdings h WHERE h.account_id = a.id AND h.kind = 'lead' ORDER BY h.valid_from DESC LIMIT 1)) AS "unitId"
     FROM reviews r JOIN accounts a ON a.id = r.account_id JOIN clients k ON k.id = a.client_id LEFT JOIN cases c ON c.id = r.case_id
     WHERE r.year = $1 AND NOT r.replaced ORDER BY "unitId", k.name`,
    [year],
  );
  const names = await loadNames(deps.prisma, { units: rows.map(({ unitId }) => unitId) });
  return rows.map(({ accountId, name, archiveNo, unitId, ...row }) => ({
    ...row,
    account: { id: accountId, name, archiveNo },
    unit: names.unitOrNull(unitId),
  }));
}
