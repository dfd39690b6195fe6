import { expect, test } from 'vitest';
import { disagreements } from '../../cases/exitAgreement.ts';
import { checkLifecycle, straightWay, terminalStates } from '../../domain/lifecycle.ts';
import { checkContract } from '../../domain/process.ts';
import { relisting } from '../../domain/relisting.ts';
import { relisting as contract } from '../../workflows/contracts/relisting.ts';

test('back onto the list: table and contract are sound; the straight way leads onto it', () => {
  expect([checkLifecycle(relisting), checkContract(contract)]).toEqual([[], []]);
  expect(straightWay(relisting)).toEqual(['admission', 'deciding', 'listed']);
  expect(terminalStates(relisting)).toEqual(['listed', 'refused', 'withdrawn', 'lapsed']);
});

test('an account is on the list, or off it, by the decision that came last', () => {
  const account = { id: 'a', state: 'active', terminatedOn: null };
  const off = { ...account, onList: false, delistedCaseId: 'x' };
  const on = { ...account, onList: true, delistedCaseId: null };
  const of = { closedOn: '2026-03-01', accountId: 'a' };
  const delisted = { ...of, caseId: 'x', state: 'delisted', chosen: 'delisted' } as const;
  const listed = { ...of, caseId: 'l', state: 'listed', chosen: null } as const;
  const found = (...given: Parameters<typeof disagreements>) => disagreements(...given).map(({ problem }) => problem);
  expect(found([delisted], [off])).toEqual([]);
  expect(found([delisted, listed], [on])).toEqual([]);
  expect(found([delisted, listed, delisted], [off])).toEqual([]);
  expect(found([delisted, listed], [off])).toEqual([
    'off the list by x, decided by null',
    'on the list by decision, and off it',
  ]);
  expect(found([delisted], [on])).toEqual([
    'off the list by null, decided by x',
    'off the list by decision, and on it',
  ]);
});
