import { appendFileSync, writeFileSync } from 'node:fs';

/** What a client asked for and what came of it, as he knows it himself. */
export type Act = {
  /** Its Idempotency-Key. */
  readonly key: string;
  readonly personId: string;
  /** `POST /tasks/{id}/decisions`, ids left out. */
  readonly what: string;
  readonly action: string;
  /** The case and the task it is about; the case of a draft is known when it is answered. */
  caseId: string | null;
  readonly taskId: string | null;
  readonly choice: string | null;
  attempts: number;
  /** The number of the fact in its case, where the receipt tells it. */
  seq: number | null;
  /** `taken` was acknowledged; `open` was never answered. */
  outcome: 'open' | 'taken' | 'refused';
  /** The code of the problem it was refused with. */
  refusal: string | null;
};

export type Journal = ReturnType<typeof startJournal>;

/** The clients' own log, beside the system; each act is written down when it is answered. */
export function startJournal(file: string) {
  writeFileSync(file, '');
  const acts: Act[] = [];
  const errors = new Map<string, number>();
  return {
    acts,
    /** Answers that no client should ever get, by status and route. */
    errors,
    begin(act: Omit<Act, 'attempts' | 'seq' | 'outcome' | 'refusal'>): Act {
      const begun: Act = { ...act, attempts: 0, seq: null, outcome: 'open', refusal: null };
      acts.push(begun);
      return begun;
    },
    answered(act: Act): void {
      appendFileSync(file, `${JSON.stringify(act)}\n`);
    },
    error(what: string): void {
      errors.set(what, (errors.get(what) ?? 0) + 1);
    },
  };
}
