import { type Answer, type Effect, settle } from './answer.ts';
import { answerCoRecommendation } from './coRecommendation.ts';
import { confirmOverride } from './ending.ts';
import { scheduleRunoff, substituteSeats, takeHigherDecision } from './inquorate.ts';
import { nominate } from './nomination.ts';
import { checkRecording, record } from './recording.ts';
import type { FactRow } from './records.ts';
import { decideRecusal, declareRecusal } from './recusal.ts';
import { acceptScreening } from './screening.ts';
import { regrade } from './submission.ts';
import type { CaseTransaction } from './transaction.ts';
import { castVote } from './vote.ts';

/** What an action does besides being recorded and closing its task, where it does anything else. */
const effects: Readonly<Record<string, Effect>> = {
  'screen.accept': acceptScreening,
  'supplement.resubmit': async (tx, answer) => {
    await regrade(tx);
    return settle(tx, answer);
  },
  'nominate.nominate': nominate,
  'appoint.appoint': nominate,
  'vote.vote': castVote,
  'vote.recuse': declareRecusal,
  'decideRecusal.accept': decideRecusal,
  'decideRecusal.refuse': decideRecusal,
  'record.record': record,
  'checkRecording.confirm': checkRecording,
  'checkRecording.refuse': checkRecording,
  'scheduleRunoff.schedule': scheduleRunoff,
  'resolveInquorate.substitute': substituteSeats,
  'resolveInquorate.recordHigherBody': takeHigherDecision,
  'answerCoRecommendation.accept': answerCoRecommendation,
  'answerCoRecommendation.refuse': answerCoRecommendation,
  'confirmOverride.confirm': confirmOverride,
};

export async function apply(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const effect = effects[`${answer.task.kind}.${answer.action}`];
  return effect ? effect(tx, answer) : settle(tx, answer);
}
