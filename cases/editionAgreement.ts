import type { PoolClient } from 'pg';
import { type EditionPart, editionParts } from '../domain/edition.ts';
import { editionOf, hashOf } from './editions.ts';

type StoredLine = {
  readonly accountId: string;
  readonly part: EditionPart;
  readonly struckAt: Date | null;
  readonly struckWhy: string | null;
  /** Its account: when it was established or taken over (null where that is not told to the instant), when it ended, and its exits and returns. */
  readonly establishedAt: Date | null;
  readonly terminatedOn: string | null;
  readonly cutoffOn: string;
  /** What was last decided of the list before the cut-off. */
  readonly decidedBefore: string | null;
};

/** A published edition as it is stored, with what its case says of it. Hashes are in hexadecimal. */
export type StoredEdition = {
  readonly caseId: string;
  readonly number: number;
  readonly state: string;
  readonly cutoffAt: Date;
  readonly hash: string | null;
  readonly previousHash: string | null;
  readonly recomputed: string;
  readonly signedBy: string | null;
  /** The instants at which it was last put to the vote and signed, and by whom, by the facts. */
  readonly putAt: Date | null;
  readonly signedAt: Date | null;
  readonly signer: string | null;
  /** The parts whose ballot passed between the two. */
  readonly passed: readonly EditionPart[];
  readonly lines: readonly StoredLine[];
  /** Accounts that belonged on it at the cut-off, and have no line. */
  readonly missing: readonly string[];
};

/** An account against the newest edition and what was decided since. */
export type ListedAccount = {
  readonly id: string;
  readonly state: string;
  readonly onList: boolean;
  readonly delisted: boolean;
  /** Whether it stands in the newest edition. */
  readonly stands: boolean;
  /** Whether it ever stood in one, was taken over as listed, or came back by decision. */
  readonly everListed: boolean;
};

export type EditionProblem = { readonly at: string; readonly problem: string };

/** What the last decision about the list was before an instant: `delisted`, `listed`, or nothing. */
const decidedBefore = (
  account: string,
  instant: string,
) => `(SELECT c.state FROM case_accounts ca JOIN cases c ON c.id = ca.case_id
  WHERE ca.account_id = ${account} AND c.state IN ('delisted', 'listed') AND c.closed_at <= ${instant} ORDER BY c.closed_at DESC LIMIT 1)`;
const ESTABLISHED = `coalesce((SELECT c.closed_at FROM cases c WHERE c.id = a.decision_case_id),
  (SELECT i.applied_at FROM ledger_entries l JOIN imports i ON i.id = l.import_id WHERE l.account_id = a.id))`;
/** What was decided while the snapshot was taken may be in it or not. */
const SURELY_BEFORE = `e.cutoff_at - interval '1 minute'`;
const dayOf = (instant: string) => `(${instant} AT TIME ZONE 'Asia/Shanghai')::date`;

/** Every published edition, with its hash computed again from what is stored. */
export async function loadEditions(client: PoolClient): Promise<StoredEdition[]> {
  const { rows } = await client.query<Omit<StoredEdition, 'recomputed'>>(
    `SELECT e.case_id AS "caseId", e.number, c.state, e.cutoff_at AS "cutoffAt", encode(e.hash, 'hex') AS hash, encode(e.previous_hash, 'hex') AS "previousHash",
       e.signed_by AS "signedBy", put.at AS "putAt", sign.at AS "signedAt", sign.by AS signer,
       (SELECT coalesce(json_agg(DISTINCT CASE WHEN split_part(b.step, '.', 1) = 'companyPart' THEN 'company' ELSE 'branch' END), '[]') FROM ballots b
        WHERE b.case_id = e.case_id AND b.outcome = 'passed' AND b.closed_seq > put.seq AND b.closed_seq < sign.seq) AS passed,
       '[]'::json AS lines,
       (SELECT coalesce(json_agg(a.id ORDER BY a.id), '[]') FROM accounts a WHERE ${ESTABLISHED} < ${SURELY_BEFORE}
          AND (a.terminated_on IS NULL OR a.terminated_on > ${dayOf('e.cutoff_at')}) AND ${decidedBefore('a.id', 'e.cutoff_at')} IS DISTINCT FROM 'delisted' AND ${decidedBefore('a.id', SURELY_BEFORE)} IS DISTINCT FROM 'delisted'
          AND NOT EXISTS (SELECT 1 FROM edition_lines l WHERE l.case_id = e.case_id AND l.account_id = a.id)) AS missing
     FROM editions e JOIN cases c ON c.id = e.case_id
     LEFT JOIN LATERAL (SELECT f.at, f.seq FROM facts f WHERE f.case_id = e.case_id AND f.kind = 'decided' AND f.action = 'put' ORDER BY f.seq DESC LIMIT 1) put ON true
     LEFT JOIN LATERAL (SELECT f.at, f.seq, coalesce(f.on_behalf_of, f.actor_id) AS by FROM facts f WHERE f.case_id = e.case_id AND f.kind = 'decided' AND f.action = 'sign' ORDER BY f.seq DESC LIMIT 1) sign ON true
     WHERE e.published_at IS NOT NULL ORDER BY e.number`,
  );
  const { rows: lines } = await client.query<StoredLine & { caseId: string }>(
    `SELECT l.case_id AS "caseId", l.account_id AS "accountId", l.part, l.struck_at AS "struckAt", l.struck_why AS "struckWhy", ${ESTABLISHED} AS "establishedAt",
       a.terminated_on::text AS "terminatedOn", ${dayOf('e.cutoff_at')}::text AS "cutoffOn", ${decidedBefore('a.id', SURELY_BEFORE)} AS "decidedBefore"
     FROM edition_lines l JOIN editions e ON e.case_id = l.case_id AND e.published_at IS NOT NULL JOIN accounts a ON a.id = l.account_id ORDER BY l.case_id, l.account_id`,
  );
  const editions: StoredEdition[] = [];
  for (const row of rows)
    editions.push({
      ...row,
      recomputed: hashOf(await editionOf(client, row.caseId)).toString('hex'),
      lines: lines.filter(({ caseId }) => caseId === row.caseId),
    });
  return editions;
}

/** The accounts of the list, where an edition was ever published. */
export async function loadListed(client: PoolClient): Promise<ListedAccount[]> {
  const { rows } = await client.query<ListedAccount>(
    `SELECT a.id, a.state, a.on_list AS "onList", a.delisted_case_id IS NOT NULL AS delisted, coalesce(newest.stands, false) AS stands,
       (EXISTS (SELECT 1 FROM edition_lines l JOIN editions e ON e.case_id = l.case_id AND e.published_at IS NOT NULL WHERE l.account_id = a.id AND l.struck_at IS NULL)
        OR EXISTS (SELECT 1 FROM ledger_entries g WHERE g.account_id = a.id)
        OR ${decidedBefore('a.id', 'now()')} = 'listed') IS TRUE AS "everListed"
     FROM accounts a LEFT JOIN LATERAL (SELECT l.struck_at IS NULL AS stands FROM edition_lines l WHERE l.account_id = a.id
       AND l.case_id = (SELECT case_id FROM editions WHERE published_at IS NOT NULL ORDER BY number DESC LIMIT 1)) newest ON true
     WHERE EXISTS (SELECT 1 FROM editions WHERE published_at IS NOT NULL) ORDER BY a.id`,
  );
  return rows;
}

/** Each edition is what was approved and signed, hashed in one chain, numbered without a gap; and the accounts say the same as the newest. Pure. */
export function editionProblems(
  editions: readonly StoredEdition[],
  accounts: readonly ListedAccount[],
): EditionProblem[] {
  return [
    ...editions.flatMap((edition, at) =>
      [...sealProblems(edition, at, editions[at - 1]), ...approvalProblems(edition), ...lineProblems(edition)].map(
        (problem) => ({ at: `edition ${edition.number}`, problem }),
      ),
    ),
    ...accounts.flatMap((account) =>
      listProblems(account).map((problem) => ({ at: `account ${account.id}`, problem })),
    ),
  ];
}

function sealProblems(edition: StoredEdition, at: number, before: StoredEdition | undefined): string[] {
  return [
    ...(edition.number === at + 1 ? [] : [`number ${edition.number}, the ${at + 1}. by order`]),
    ...(edition.hash === edition.recomputed ? [] : ['its hash is not that of its content']),
    ...(edition.previousHash === (before?.hash ?? null) ? [] : ['does not name the hash of the edition before']),
    ...(edition.state === 'published' ? [] : [`published, and its case is ${edition.state}`]),
  ];
}

/** What was put to the vote is what is published: snapshot, the ballot of each part that has a line, signature (Articles 4.6, 8). */
function approvalProblems({ cutoffAt, putAt, signedAt, signer, signedBy, passed, lines }: StoredEdition): string[] {
  const unapproved = editionParts.filter((part) => lines.some((line) => line.part === part) && !passed.includes(part));
  return [
    ...(putAt?.getTime() === cutoffAt.getTime() ? [] : ['its snapshot is not that which was put to the vote']),
    ...unapproved.map((part) => `its ${part} part was not passed`),
    ...(signedAt && signer === signedBy ? [] : [`signed by ${signedBy}, by the facts ${signer ?? 'nobody'}`]),
  ];
}

function lineProblems({ cutoffAt, putAt, signedAt, lines, missing }: StoredEdition): string[] {
  return [
    ...missing.map((id) => `leaves out account ${id}`),
    ...lines.flatMap((line) => {
      const struck = line.struckAt?.getTime();
      const inTime =
        struck === undefined || (struck >= (putAt ?? cutoffAt).getTime() && struck <= (signedAt?.getTime() ?? 0));
      return [
        ...((line.establishedAt ?? cutoffAt) <= cutoffAt ? [] : ['was not established at the cut-off']),
        ...(line.terminatedOn === null || line.terminatedOn >= line.cutoffOn ? [] : ['had ended before the cut-off']),
        ...(line.decidedBefore === 'delisted' ? ['was off the list at the cut-off'] : []),
        ...(inTime ? [] : ['was struck out before the vote or after the signature']),
        ...(line.struckWhy === 'terminated' && line.terminatedOn === null ? ['struck out as ended, and goes on'] : []),
      ].map((problem) => `account ${line.accountId} ${problem}`);
    }),
  ];
}

function listProblems({ state, onList, delisted, stands, everListed }: ListedAccount): string[] {
  return [
    ...(stands && state !== 'terminated' && !delisted && !onList
      ? ['stands in the newest edition, and is not on the list']
      : []),
    ...(onList && !everListed ? ['on the list, and in no edition'] : []),
  ];
}
