import { expect, test } from 'vitest';
import { editionProblems, type ListedAccount, type StoredEdition } from '../../cases/editionAgreement.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour));
const line: StoredEdition['lines'][number] = {
  accountId: 'a',
  part: 'branch',
  struckAt: null,
  struckWhy: null,
  establishedAt: at(0),
  terminatedOn: null,
  cutoffOn: '2026-06-01',
  decidedBefore: null,
};
const edition: StoredEdition = {
  caseId: 'one',
  number: 1,
  state: 'published',
  cutoffAt: at(1),
  hash: 'aa',
  previousHash: null,
  recomputed: 'aa',
  signedBy: 'director',
  putAt: at(1),
  signedAt: at(3),
  signer: 'director',
  passed: ['branch'],
  lines: [line],
  missing: [],
};
const next: StoredEdition = { ...edition, caseId: 'two', number: 2, previousHash: 'aa', hash: 'bb', recomputed: 'bb' };
const account: ListedAccount = {
  id: 'a',
  state: 'active',
  onList: true,
  delisted: false,
  stands: true,
  everListed: true,
};

const found = (change: Partial<StoredEdition>) =>
  editionProblems([{ ...edition, ...change }], []).map(({ problem }) => problem);
const ofLine = (change: Partial<typeof line>) => found({ lines: [{ ...line, ...change }] });
const ofAccount = (change: Partial<ListedAccount>) =>
  editionProblems([], [{ ...account, ...change }]).map(({ problem }) => problem);

test('editions that were approved, signed, numbered and chained agree, with what was struck out in time', () => {
  const struck = { ...line, accountId: 'b', struckAt: at(2), struckWhy: 'terminated', terminatedOn: '2026-06-01' };
  expect(editionProblems([{ ...edition, lines: [line, struck] }, next], [account])).toEqual([]);
});

test.each<[string, Partial<StoredEdition>, string]>([
  ['content changed after its signature', { recomputed: 'ff' }, 'its hash is not that of its content'],
  ['a gap in the numbers', { number: 2 }, 'number 2, the 1. by order'],
  ['another chain', { previousHash: 'ff' }, 'does not name the hash of the edition before'],
  ['a case that ended otherwise', { state: 'withdrawn' }, 'published, and its case is withdrawn'],
  ['a later snapshot', { cutoffAt: at(2) }, 'its snapshot is not that which was put to the vote'],
  ['a part nobody voted on', { passed: ['company'] }, 'its branch part was not passed'],
  ['a signature of nobody', { signer: null, signedAt: null }, 'signed by director, by the facts nobody'],
  ['another signature', { signedBy: 'vice-director-1' }, 'signed by vice-director-1, by the facts director'],
  ['an account left out', { missing: ['c'] }, 'leaves out account c'],
])('%s is found', (_, change, problem) => {
  expect(found(change)).toContain(problem);
});

test.each<[string, Partial<typeof line>, string]>([
  ['established after the cut-off', { establishedAt: at(2) }, 'account a was not established at the cut-off'],
  ['ended before it', { terminatedOn: '2026-05-31' }, 'account a had ended before the cut-off'],
  ['off the list by decision', { decidedBefore: 'delisted' }, 'account a was off the list at the cut-off'],
  [
    'struck out after the signature',
    { struckAt: at(4), struckWhy: 'delisted' },
    'account a was struck out before the vote or after the signature',
  ],
  [
    'struck out for nothing',
    { struckAt: at(2), struckWhy: 'terminated' },
    'account a struck out as ended, and goes on',
  ],
])('a line %s is found', (_, change, problem) => {
  expect(ofLine(change)).toEqual([problem]);
});

test('accounts are on the list as the newest edition says, and what was decided since', () => {
  expect(ofAccount({ onList: false })).toEqual(['stands in the newest edition, and is not on the list']);
  expect(ofAccount({ onList: false, delisted: true })).toEqual([]);
  expect(ofAccount({ onList: false, state: 'terminated' })).toEqual([]);
  expect(ofAccount({ stands: false, everListed: false })).toEqual(['on the list, and in no edition']);
});
