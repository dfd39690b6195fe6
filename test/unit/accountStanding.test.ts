import { expect, test } from 'vitest';
import { keepsFile, readsFile, standings } from '../../domain/accountStanding.ts';

const nobody = { personId: 'p', unitId: 'north', roles: [], seats: [] };
const held = [
  { unitId: 'central', managerId: 'm' },
  { unitId: 'east', managerId: 'co' },
];
const of = (person: Partial<typeof nobody> & object) => standings({ ...nobody, ...person }, held);

test('a manager is one by a holding that has not ended, lead or co', () => {
  expect([...of({ personId: 'm' })]).toEqual(['manager']);
  expect([...of({ personId: 'co', unitId: 'east' })]).toEqual(['manager', 'unit']);
  expect([...of({ personId: 'former' })]).toEqual([]);
});

test('a head is one of a unit that holds, not of another', () => {
  const headOf = (unitId: string) => ({ roles: [{ role: 'unitHead', unitId }] }) as object;
  expect(of(headOf('east')).has('head')).toBe(true);
  expect(of(headOf('north')).has('head')).toBe(false);
});

test('a member of the committee reads the file of an account that the company manages, not of a branch’s (Article 8)', () => {
  const member = of({ seats: [{ kind: 'member' }] } as object);
  expect(readsFile(member, 'company')).toBe(true);
  expect(readsFile(member, 'branch')).toBe(false);
  expect(readsFile(of({ seats: [{ kind: 'viceDirector' }] } as object), 'branch')).toBe(true);
});

test('colleagues of the holding unit know of the account, and neither read nor keep its file', () => {
  const colleague = of({ unitId: 'central' });
  expect(colleague.size).toBe(1);
  expect(readsFile(colleague, 'company') || keepsFile(colleague)).toBe(false);
});

test('overseers read the file and do not keep it', () => {
  for (const person of [{ roles: [{ role: 'auditor', unitId: null }] }, { seats: [{ kind: 'director' }] }]) {
    const overseer = of(person as object);
    expect([readsFile(overseer, 'branch'), keepsFile(overseer)]).toEqual([true, false]);
  }
});
