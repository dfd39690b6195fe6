import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween, mergeForms, resolved, valueAt } from '../../web/draftMerge.ts';

// biome-ignore lint/suspicious/noExplicitAny: forms of any shape, made up
const form = (value: any) => value;
const merged = (base: object, mine: object, theirs: object) => mergeForms(form(base), form(mine), form(theirs));

describe('two changes of one draft', () => {
  test('to different fields are joined', () => {
    const { form: joined, conflicts } = merged(
      { client: { name: '甲', size: '大' } },
      { client: { name: '乙', size: '大' } },
      { client: { name: '甲', size: '大', nature: '国有' } },
    );
    expect(conflicts).toEqual([]);
    expect(joined.client).toEqual({ name: '乙', size: '大', nature: '国有' });
  });

  test('to one field, each to something else, are a conflict that tells both', () => {
    const both = merged({ client: { name: '甲' } }, { client: { name: '乙' } }, { client: { name: '丙' } });
    expect(both.conflicts).toEqual([{ path: ['client', 'name'], mine: '乙', theirs: '丙' }]);
    expect(resolved(both, { 'client.name': 'mine' }).client?.name).toBe('乙');
    expect(resolved(both, { 'client.name': 'theirs' }).client?.name).toBe('丙');
  });

  test('to one field, both to the same, are no conflict', () => {
    const both = merged({ client: { name: '甲' } }, { client: { name: '乙' } }, { client: { name: '乙' } });
    expect(both.conflicts).toEqual([]);
  });

  test('to fields of one entry of a list are joined', () => {
    const project = { name: '一期', stage: 'past', amountYuan: '1.00' };
    const { form: joined, conflicts } = merged(
      { projects: [project] },
      { projects: [{ ...project, amountYuan: '2.00' }] },
      { projects: [{ ...project, regionCode: '420100' }] },
    );
    expect(conflicts).toEqual([]);
    expect(joined.projects?.[0]).toMatchObject({ name: '一期', amountYuan: '2.00', regionCode: '420100' });
  });

  test('of which one removes an entry that the other changes are a conflict of the whole list: entries are never mixed', () => {
    const [one, two] = [
      { name: '一期', stage: 'past', bidding: '公开招标' },
      { name: '二期', stage: 'past', bidding: '公开招标' },
    ];
    const { conflicts } = merged(
      { projects: [one, two] },
      { projects: [two, { name: '三期', stage: 'past', bidding: '公开招标' }] },
      { projects: [{ ...one, bidding: '邀请招标' }, two] },
    );
    expect(conflicts.map(({ path }) => path)).toEqual([['projects']]);
  });

  test('that clear a field keep it cleared', () => {
    const { form: joined } = merged(
      { client: { name: '甲', size: '大' } },
      { client: { name: '甲' } },
      { client: { name: '甲', size: '大' } },
    );
    expect(joined.client).toEqual({ name: '甲' });
  });

  const text = fc.constantFrom('', '甲', '乙', '丙');
  const entry = fc.record({ name: text, post: text, phone: text }, { requiredKeys: ['name'] });
  const anyForm = fc.record(
    {
      client: fc.record({ name: text, size: text, members: fc.array(entry, { maxLength: 3 }) }, { requiredKeys: [] }),
      keyPersons: fc.array(entry, { maxLength: 3 }),
      conflictDeclaration: text,
    },
    { requiredKeys: [] },
  );

  test('never lose what either side did: it is in the joined form, or in a conflict that tells both', () => {
    fc.assert(
      fc.property(anyForm, anyForm, anyForm, (base, mine, theirs) => {
        const { form: joined, conflicts } = merged(base, mine, theirs);
        const covers = (path: readonly (string | number)[]) =>
          conflicts.some((conflict) =>
            conflict.path.slice(0, path.length).every((part, index) => part === path[index]),
          );
        for (const side of [mine, theirs]) {
          for (const { path, after } of changesBetween(base, side)) {
            if (covers(path) || covers(path.slice(0, 1))) continue;
            const other = side === mine ? theirs : mine;
            // A part of it may have been changed by the other side too, to the same or deeper inside.
            const kept = JSON.stringify(pruned(valueAt(joined, path)));
            expect([JSON.stringify(pruned(after)), JSON.stringify(pruned(valueAt(other, path)))]).toContain(kept);
          }
        }
      }),
    );
  });
});

/** As it is sent: without what is empty. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => pruned(each) ?? {});
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => [key, pruned(each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined).sort());
  }
  return value === '' ? undefined : (value ?? undefined);
}
