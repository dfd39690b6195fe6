import { expect, test } from 'vitest';
import { itemProblems } from '../../cases/bulkVoteAgreement.ts';
import { singlyBecause } from '../../domain/agenda.ts';

const first = { finalists: null };

test('in bulk an account is maintained in its first ballot, and nothing else', () => {
  const place = { proposal: 'maintain', pulledOut: false, question: first };
  expect(singlyBecause(place)).toBeNull();
  for (const proposal of ['intensify', 'terminate', null])
    expect(singlyBecause({ ...place, proposal })).toBe('decidedSingly');
  expect(singlyBecause({ ...place, question: { finalists: ['maintain', 'intensify'] } })).toBe('decidedSingly');
  expect(singlyBecause({ ...place, question: null })).toBe('decidedSingly');
  expect(singlyBecause({ ...place, pulledOut: true })).toBe('pulledOut');
});

test('an item and its vote agree: one vote to maintain for what is done, none for what is not', () => {
  const item = { bulkVoteId: 'b', ord: 1, state: 'done', code: null, finished: true };
  const vote = { bulkId: 'b', choice: 'maintain' };
  const found = (of: object, votes: readonly (typeof vote)[]) =>
    itemProblems([{ ...item, ...of, votes }]).map(({ problem }) => problem);
  expect(found({}, [vote])).toEqual([]);
  // A vote that was changed later stands beside the one of the act.
  expect(found({}, [vote, { bulkId: 'other', choice: 'terminate' }])).toEqual([]);
  expect(found({}, [])).toEqual(['item 1 is done, with 0 votes']);
  expect(found({}, [vote, vote])).toEqual(['item 1 is done, with 2 votes']);
  expect(found({}, [{ ...vote, choice: 'terminate' }])).toEqual(['item 1 was not a vote to maintain']);
  expect(found({ state: 'refused', code: 'taskClosed' }, [vote])).toEqual(['item 1 is refused, and was voted']);
  expect(found({ state: 'refused' }, [])).toEqual(['item 1 is refused, with the code null']);
  expect(found({ state: 'waiting' }, [])).toEqual(['item 1 waits, and the bulk vote is finished']);
  // The worker died between the vote and its mark: the next page makes it good.
  expect(found({ state: 'waiting', finished: false }, [vote])).toEqual([]);
});
