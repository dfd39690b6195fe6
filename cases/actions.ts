import { type Answer, type Effect, settle } from './answer.ts';
import { confirmOverride } from './ending.ts';
import { scheduleRunoff, substituteSeats, takeHigherDecision } from './inquorate.ts';
import { definitionOf } from './processes.ts';
import { refuseProposal } from './proposals.ts';
import { checkRecording, record } from './recording.ts';
import type { FactRow } from './records.ts';
import { decideRecusal, declareRecusal } from './recusal.ts';
import { confirmRedrive } from './redrive.ts';
import type { CaseTransaction } from './transaction.ts';
import { castVote } from './vote.ts';

/** What the engine's own actions do besides being recorded and closing their task. */
const engineEffects: Readonly<Record<string, Effect>> = {
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
  'confirmOverride.confirm': confirmOverride,
  'confirmOverride.refuse': refuseProposal,
  'confirmRedrive.confirm': confirmRedrive,
  'confirmRedrive.refuse': refuseProposal,
};

/** Carries out a decision that has passed the guard. Without an effect of its own it is recorded, and its step settled. */
export async function apply(tx: CaseTransaction, answer: Answer): Promise<FactRow> {
  const name = `${answer.task.kind}.${answer.action}`;
  const effect = engineEffects[name] ?? definitionOf(tx.case.process).effects[name] ?? settle;
  return effect(tx, answer);
}
