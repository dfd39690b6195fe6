import { editionOf, hashOf, linesOf } from '../../cases/editions.ts';
import type { Verdict } from './judge.ts';
import type { SteadyPool } from './system.ts';

type Review = {
  id: string;
  state: string;
  outcome: string | null;
  account: string;
  cases: number;
  caseState: string | null;
  /** What the last ballot on it chose. */
  chosen: string | null;
  effects: number;
};

/** Whether the campaign decided every account, once, and came to its end. */
export async function judgeCampaign(database: SteadyPool): Promise<Verdict[]> {
  const reviews = await database.query<Review>(
    `SELECT r.id, r.state, r.outcome, a.state AS account, c.state AS "caseState",
       (SELECT count(*)::int FROM case_accounts x JOIN cases y ON y.id = x.case_id AND y.process = 'review' WHERE x.account_id = r.account_id) AS cases,
       (SELECT b.proof ->> 'option' FROM ballots b WHERE b.case_id = r.case_id AND b.step = 'deciding' ORDER BY b.round DESC LIMIT 1) AS chosen,
       (SELECT count(*)::int FROM ballots b WHERE b.case_id = r.case_id AND b.proof ->> 'option' IS NOT NULL) AS effects
     FROM reviews r JOIN accounts a ON a.id = r.account_id LEFT JOIN cases c ON c.id = r.case_id ORDER BY r.id`,
  );
  const endOf = { maintain: 'maintained', intensify: 'intensified', terminate: 'terminated' } as const;
  const wrong = reviews.flatMap((each) => [
    ...(each.state === 'finished' ? [] : [`review ${each.id} is ${each.state}`]),
    ...(each.cases === 1 ? [] : [`review ${each.id} has ${each.cases} cases`]),
    ...(each.effects === 1 ? [] : [`review ${each.id} was decided ${each.effects} times`]),
    ...(each.outcome !== null && each.outcome === each.chosen
      ? []
      : [`review ${each.id}: ${each.chosen}, stored ${each.outcome}`]),
    ...(endOf[each.outcome as keyof typeof endOf] === each.caseState
      ? []
      : [`review ${each.id} ended ${each.caseState}`]),
    ...((each.outcome === 'terminate') === (each.account === 'terminated')
      ? []
      : [`review ${each.id}: account ${each.account}`]),
  ]);
  const [missed] = await database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM accounts a WHERE NOT EXISTS (SELECT 1 FROM reviews r WHERE r.account_id = a.id)',
  );
  const campaigns = await database.query<{
    year: number;
    state: string;
    remaining: number;
    opened: number;
    closed: number;
  }>(
    `SELECT year, state, remaining,
       (SELECT count(*)::int FROM audit_entries e WHERE e.act = 'campaign.opened') AS opened,
       (SELECT count(*)::int FROM audit_entries e WHERE e.act = 'campaign.closed') AS closed FROM campaigns`,
  );
  return [
    {
      promise: 'every account was decided, once, as the ballot on it chose',
      examined: reviews.length,
      broken: [...wrong, ...(missed?.count === 0 ? [] : [`${missed?.count} accounts were left out`])],
    },
    {
      promise: 'there was one campaign, its counter came to nothing, and it closed once',
      examined: campaigns.length,
      broken: [
        ...(campaigns.length === 1 ? [] : [`${campaigns.length} campaigns`]),
        ...campaigns.flatMap(({ year, state, remaining, opened, closed }) =>
          state === 'closed' && remaining === 0 && opened === 1 && closed === 1
            ? []
            : [`campaign ${year}: ${state}, ${remaining} remain, opened ${opened} times and closed ${closed} times`],
        ),
      ],
    },
  ];
}

/** Whether one edition was published, and is what the committee decided on. */
export async function judgeEdition(database: SteadyPool): Promise<Verdict> {
  const editions = await database.query<{ caseId: string; number: number | null; hash: Buffer | null; open: boolean }>(
    'SELECT case_id AS "caseId", number, hash, open FROM editions',
  );
  const broken = editions.length === 1 ? [] : [`${editions.length} editions`];
  let examined = 0;
  for (const { caseId, number, hash, open } of editions) {
    if (number !== 1 || open || !hash)
      broken.push(`edition ${caseId}: number ${number}, ${open ? 'open' : 'not open'}`);
    else if (!hash.equals(hashOf(await editionOf(database.pool, caseId))))
      broken.push(`edition ${number}: its hash is another`);
    const lines = await linesOf(database.pool, caseId);
    examined += lines.length;
    const passed = await database.query<{ step: string }>(
      `SELECT step FROM ballots WHERE case_id = $1 AND outcome = 'passed'`,
      [caseId],
    );
    const listed = await database.query<{ id: string; grade: string }>(
      `SELECT id, grade FROM accounts WHERE state <> 'terminated' AND delisted_case_id IS NULL ORDER BY id`,
    );
    const approved = listed.filter(({ grade }) => passed.some(({ step }) => step === `${grade}Part`));
    const published = lines.filter(({ struckAt }) => struckAt === null).map(({ accountId }) => accountId);
    const [is, was] = [published, approved.map(({ id }) => id)].map((ids) => [...ids].sort().join(' '));
    if (is !== was) broken.push(`edition ${number}: ${published.length} published, ${approved.length} approved`);
    if (passed.length !== new Set(lines.map(({ part }) => part)).size)
      broken.push(`edition ${number}: ${passed.length} parts passed`);
  }
  return { promise: 'one edition was published, equal to what was decided on', examined, broken };
}
