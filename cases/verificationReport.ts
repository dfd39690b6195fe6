import type { SealedHead } from './auditHash.ts';
import type { Problems } from './caseAgreement.ts';

/** What is checked, in the order of the table. */
export const checks = [
  'chains',
  'seals',
  'ballots',
  'states',
  'receipts',
  'executions',
  'holdings',
  'projects',
  'accounts',
  'campaigns',
  'editions',
  'attachments',
  'secrets',
] as const;
export type Check = (typeof checks)[number];

/** One thing that does not agree. `at` and `problem` hold ids and codes only. */
export type Finding = { readonly check: Check; readonly at: string; readonly problem: string };

/** What is found, and how much was looked at, while it is looked at. */
export function newReport() {
  const examined = Object.fromEntries(checks.map((check) => [check, 0])) as Record<Check, number>;
  const findings: Finding[] = [];
  let unsealedEntries = 0;
  return {
    examined,
    find(check: Check, at: string, problems: Problems): void {
      for (const problem of problems) findings.push({ check, at, problem });
    },
    /** A stream of `length` entries of which `sealed` are covered. */
    stream(length: number, sealed: readonly SealedHead[]): void {
      examined.chains += 1;
      unsealedEntries += Math.max(0, length - Math.max(0, ...sealed.map((head) => head.seq)));
    },
    counts: () => ({ examined, findings, unsealedEntries }),
  };
}

export type Report = ReturnType<typeof newReport>;
