import type { PoolClient } from 'pg';
import { openJson } from '../platform/cipher.ts';
import { type KeyStore, KeyStoreError } from '../platform/keyStore.ts';
import { factPlace } from './transaction.ts';

/** An item of a bulk vote, with the vote of its voter on its task that has the mark of a bulk vote, if there is one. */
export type CastItem = {
  readonly bulkVoteId: string;
  readonly ord: number;
  readonly state: string;
  readonly code: string | null;
  readonly finished: boolean;
  /** The marks of the votes given on the item's task by its voter, with what was chosen. */
  readonly votes: readonly { readonly bulkId: string | null; readonly choice: string }[];
};

/** Every item that is done has one vote to maintain with the mark of its bulk vote, and no other item has one. Pure. */
export function itemProblems(items: readonly CastItem[]): { at: string; problem: string }[] {
  return items.flatMap(({ bulkVoteId, ord, state, code, finished, votes }) => {
    const marked = votes.filter(({ bulkId }) => bulkId === bulkVoteId);
    const problems = [
      ...(state === 'done' && marked.length !== 1 ? [`item ${ord} is done, with ${marked.length} votes`] : []),
      // Between a vote and its mark a worker may have died: until the bulk vote is finished, the next page makes it good.
      ...(state !== 'done' && marked.length > 0 && (finished || state === 'refused')
        ? [`item ${ord} is ${state}, and was voted`]
        : []),
      ...(marked.some(({ choice }) => choice !== 'maintain') ? [`item ${ord} was not a vote to maintain`] : []),
      ...((state === 'refused') === (code !== null) ? [] : [`item ${ord} is ${state}, with the code ${code}`]),
      ...(finished && state === 'waiting' ? [`item ${ord} waits, and the bulk vote is finished`] : []),
    ];
    return problems.map((problem) => ({ at: `bulk vote ${bulkVoteId}`, problem }));
  });
}

type Row = Omit<CastItem, 'votes'> & {
  readonly caseId: string;
  readonly votes: readonly { readonly seq: number; readonly secret: string }[] | null;
};

/** What of the bulk votes disagrees with the votes on record. */
export async function bulkVoteProblems(client: PoolClient, keys: KeyStore): Promise<{ at: string; problem: string }[]> {
  const { rows } = await client.query<Row>(
    `SELECT i.bulk_vote_id AS "bulkVoteId", i.ord, i.state, i.code, b.finished_at IS NOT NULL AS finished, i.case_id AS "caseId",
       (SELECT json_agg(json_build_object('seq', f.seq, 'secret', encode(f.secret, 'base64'))) FROM facts f
        WHERE f.case_id = i.case_id AND f.task_id = i.task_id AND f.kind = 'voted' AND f.actor_id = b.person_id) AS votes
     FROM bulk_vote_items i JOIN bulk_votes b ON b.id = i.bulk_vote_id ORDER BY 1, 2`,
  );
  const items: CastItem[] = [];
  for (const { caseId, votes, ...item } of rows)
    items.push({ ...item, votes: await opened(keys, caseId, votes ?? []) });
  return itemProblems(items);
}

/** That a vote does not decrypt is found with its case. */
async function opened(keys: KeyStore, caseId: string, votes: NonNullable<Row['votes']>): Promise<CastItem['votes']> {
  if (votes.length === 0) return [];
  try {
    const key = await keys.get(`case:${caseId}`);
    return votes.map(({ seq, secret }) => {
      const vote = openJson(key, Buffer.from(secret, 'base64'), factPlace(caseId, seq));
      const { choice, bulkId = null } = vote as { choice: string; bulkId?: string };
      return { choice, bulkId };
    });
  } catch (error) {
    if (error instanceof KeyStoreError) return [];
    throw error;
  }
}
