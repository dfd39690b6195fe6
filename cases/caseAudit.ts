import { createHash } from 'node:crypto';
import { type AuditEntry, type ChainedEntry, entryHash, GENESIS } from './auditHash.ts';
import type { FactRow } from './records.ts';

/** The stream of one case. Its entries are its facts, number by number. */
export const caseStream = (caseId: string): string => `case:${caseId}`;

/** A fact as its audit entry has it: who did what; of what is confidential, the hash of the ciphertext. */
export function auditEntryOf(fact: FactRow): AuditEntry {
  return {
    stream: caseStream(fact.caseId),
    seq: fact.seq,
    at: fact.at,
    actorId: fact.actorId,
    onBehalfOf: fact.onBehalfOf,
    enteredBy: fact.enteredBy,
    act: fact.action ? `${fact.kind}.${fact.action}` : fact.kind,
    caseId: fact.caseId,
    taskId: fact.taskId,
    codes: { ...fact.codes, step: fact.step, round: fact.round, ballotId: fact.ballotId },
    contentHash: fact.secret ? createHash('sha256').update(fact.secret).digest() : null,
  };
}

/** Chains facts behind a case's head. */
export function chainFacts(head: Buffer | null, facts: readonly FactRow[]): ChainedEntry[] {
  let prevHash: Uint8Array = head ?? GENESIS;
  return facts.map((fact) => {
    const entry = auditEntryOf(fact);
    const chained = { ...entry, prevHash: Buffer.from(prevHash), hash: entryHash(prevHash, entry) };
    prevHash = chained.hash;
    return chained;
  });
}
