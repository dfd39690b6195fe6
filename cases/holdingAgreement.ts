import type { PoolClient } from 'pg';

/** What exclusivity stands on (Article 7.3), as it is stored. */
export type StoredHoldings = {
  readonly established: readonly string[];
  readonly accounts: readonly {
    readonly id: string;
    /** Null for one that was taken over. */
    readonly decisionCaseId: string | null;
    readonly state: string;
    /** Whether an applied import entered the decision outside the system that it rests on. */
    readonly takenOver: boolean;
  }[];
  readonly holdings: readonly Holding[];
  readonly entities: readonly HeldEntity[];
  /** Entities taken by more than one open recommendation, by the cases that have them. */
  readonly takenTwice: readonly (readonly string[])[];
  /** Accounts whose sums by region add up to something else than what was expected at establishment (Article 12). */
  readonly misplaced: readonly string[];
};

type Period = { readonly from: Date; readonly to: Date | null };
type Holding = Period & { readonly id: string; readonly accountId: string; readonly kind: string };
type HeldEntity = Period & { readonly holdingId: string; readonly entityKey: string; readonly kind: string };

export async function loadHoldings(client: PoolClient): Promise<StoredHoldings> {
  const all = async <Row>(text: string): Promise<Row[]> => (await client.query(text)).rows as Row[];
  const established = await all<{ id: string }>(
    `SELECT id FROM cases WHERE process = 'recommendation' AND state = 'established' ORDER BY id`,
  );
  const taken = await all<{ cases: string[] }>(
    `SELECT array_agg(case_id ORDER BY case_id) AS cases FROM recommendation_entities WHERE open GROUP BY entity_key HAVING count(*) > 1`,
  );
  const misplaced = await all<{ id: string }>(
    `SELECT a.id FROM accounts a LEFT JOIN recommendations r ON r.case_id = a.decision_case_id LEFT JOIN ledger_entries l ON l.account_id = a.id
       JOIN account_regions p ON p.account_id = a.id
     GROUP BY a.id, r.expected_fen, l.expected_fen HAVING sum(p.expected_fen) <> coalesce(r.expected_fen, l.expected_fen) ORDER BY a.id`,
  );
  return {
    established: established.map((row) => row.id),
    accounts: await all(
      `SELECT a.id, a.decision_case_id AS "decisionCaseId", a.state, coalesce(i.state = 'applied', false) AS "takenOver"
       FROM accounts a LEFT JOIN ledger_entries l ON l.account_id = a.id LEFT JOIN imports i ON i.id = l.import_id ORDER BY a.id`,
    ),
    holdings: await all(
      'SELECT id, account_id AS "accountId", kind, valid_from AS "from", valid_to AS "to" FROM holdings ORDER BY id',
    ),
    entities: await all(
      `SELECT holding_id AS "holdingId", entity_key AS "entityKey", kind, valid_from AS "from", valid_to AS "to" FROM holding_entities
       ORDER BY entity_key, valid_from, holding_id`,
    ),
    takenTwice: taken.map((row) => row.cases),
    misplaced: misplaced.map((row) => row.id),
  };
}

export type HoldingProblem = { readonly at: string; readonly problem: string };

/** Each established case has one account with one lead holding, and so has each row that was taken over; no entity is led by two at once; none is taken twice. Pure. */
export function holdingProblems(stored: StoredHoldings): HoldingProblem[] {
  return [
    ...stored.established.flatMap((caseId) => accountProblems(stored, caseId)),
    ...stored.accounts.flatMap((account) => groundProblems(stored, account)),
    ...stored.holdings.flatMap((holding) => coverProblems(stored, holding)),
    ...overlaps(stored.entities),
    ...stored.takenTwice.map((cases) => ({
      at: `case ${cases[0]}`,
      problem: `its client is also taken by ${cases.slice(1).join(', ')}`,
    })),
    ...stored.misplaced.map((id) => ({
      at: `account ${id}`,
      problem: 'its sums by region are not what was expected at establishment',
    })),
  ];
}

type Account = StoredHoldings['accounts'][number];

function accountProblems(stored: StoredHoldings, caseId: string): HoldingProblem[] {
  const own = stored.accounts.filter((account) => account.decisionCaseId === caseId);
  const [account] = own;
  if (!account || own.length > 1) return [{ at: `case ${caseId}`, problem: `${own.length} accounts` }];
  return leadProblems(stored, account);
}

/** What an account rests on: the case that established it, or the decision it was taken over with. */
function groundProblems(stored: StoredHoldings, account: Account): HoldingProblem[] {
  const { id, decisionCaseId, takenOver } = account;
  if (decisionCaseId !== null)
    return stored.established.includes(decisionCaseId)
      ? []
      : [{ at: `account ${id}`, problem: `case ${decisionCaseId} established nothing` }];
  return [
    ...(takenOver ? [] : [{ at: `account ${id}`, problem: 'rests on no decision' }]),
    ...leadProblems(stored, account),
  ];
}

function leadProblems({ holdings }: StoredHoldings, account: Account): HoldingProblem[] {
  const leads = holdings.filter(
    ({ accountId, kind, to }) => accountId === account.id && kind === 'lead' && to === null,
  );
  const due = account.state === 'terminated' ? 0 : 1;
  return leads.length === due
    ? []
    : [{ at: `account ${account.id}`, problem: `${leads.length} lead holdings, ${due} due` }];
}

/** A lead holding covers the entities of its client, as a lead and within its own time. */
function coverProblems({ entities }: StoredHoldings, holding: Holding): HoldingProblem[] {
  const covered = entities.filter((entity) => entity.holdingId === holding.id);
  const at = `holding ${holding.id}`;
  return [
    ...(holding.kind === 'lead' && covered.length === 0 ? [{ at, problem: 'covers nothing' }] : []),
    ...(covered.some((entity) => entity.kind !== holding.kind) ? [{ at, problem: 'covers as another kind' }] : []),
    ...(covered.some((entity) => entity.from < holding.from || endOf(entity) > endOf(holding))
      ? [{ at, problem: 'covers beyond its time' }]
      : []),
  ];
}

/** `entities` come entity by entity, in order of time. */
function overlaps(entities: readonly HeldEntity[]): HoldingProblem[] {
  const leads = entities.filter((entity) => entity.kind === 'lead');
  return leads.flatMap((entity, index) => {
    const earlier = leads
      .slice(0, index)
      .findLast((each) => each.entityKey === entity.entityKey && endOf(each) > entity.from.getTime());
    return earlier ? [{ at: `holding ${entity.holdingId}`, problem: `overlaps holding ${earlier.holdingId}` }] : [];
  });
}

const endOf = (period: Period): number => period.to?.getTime() ?? Number.POSITIVE_INFINITY;
