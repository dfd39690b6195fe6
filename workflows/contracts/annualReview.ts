/**
 * What the workflow of a campaign shares with those who start, ring and read it. It is started and rung as a case's is
 * (`contracts/case.ts`), with the assessment year where a case has its id. Names are strings on the wire: never rename one.
 */

/** The workflow's name; the execution of a year has the id `annualReview:<year>`. */
export const ANNUAL_REVIEW = 'annualReview';

/** What the execution of a campaign ends with once every review is settled. */
export const CAMPAIGN_CLOSED = 'closed';

/** The workflow a Temporal Schedule starts each 1 December (Article 10.3). */
export const ANNUAL_REVIEW_STARTER = 'annualReviewStarter';

/** What the workflows ask of the facts; implemented in `activities/campaign.ts`. */
export type CampaignActivities = {
  /**
   * Starts what is to be started by `now`, in milliseconds since 1970 UTC. Idempotent.
   * @returns when to look again, null for not before somebody rings; and whether every review is settled
   */
  campaignClock(input: {
    readonly year: number;
    readonly now: number;
  }): Promise<{ readonly nextAt: number | null; readonly over: boolean }>;
  /** Opens the campaign of the year that `now` belongs to, if nobody has. */
  openCampaign(input: { readonly now: number }): Promise<void>;
};
