import { normaliseUscc } from '../domain/uscc.ts';
import { isMember, type LedgerAccount, type LedgerMember, type LedgerRow } from '../forms/ledgerRow.ts';
import { type Entity, entitiesNamed, type Named } from './entities.ts';
import type { ReadRow } from './importKind.ts';

/** An account of the file with its members. */
export type LedgerGroup = {
  readonly row: number;
  readonly value: LedgerAccount;
  readonly members: readonly LedgerMember[];
  readonly entities: readonly Entity[];
};

/** The accounts with their members, and of each member's row the row of its account. */
export function grouped(rows: readonly ReadRow<LedgerRow>[]): {
  accounts: readonly LedgerGroup[];
  members: ReadonlyMap<number, number>;
} {
  const own = rows.flatMap(({ row, value }) => (isMember(value) ? [] : [{ row, value }]));
  const rowOf = new Map<string, number>();
  for (const { row, value } of own) {
    for (const name of [value.name, ...(value.code ? [value.code] : [])]) {
      const spelling = plain(name);
      if (!rowOf.has(spelling)) rowOf.set(spelling, row);
    }
  }
  const membersOf = new Map<number, LedgerMember[]>();
  const members = new Map<number, number>();
  for (const { row, value } of rows) {
    if (!isMember(value)) continue;
    const client = rowOf.get(plain(value.group));
    if (client === undefined) continue;
    members.set(row, client);
    membersOf.set(client, [...(membersOf.get(client) ?? []), value]);
  }
  const accounts = own.map(({ row, value }) => {
    const belonging = membersOf.get(row) ?? [];
    const named: Named[] = [
      { ...naming(value), relation: null, formerNames: value.formerNames ?? [], shortName: value.shortName },
      ...belonging.map((member) => ({
        ...naming(member),
        relation: member.relation,
        formerNames: [],
        shortName: null,
      })),
    ];
    return { row, value, members: belonging, entities: entitiesNamed(named) };
  });
  return { accounts, members };
}

const plain = (name: string): string => normaliseUscc(name);

const naming = ({ name, code, codeType }: LedgerRow) => ({
  name,
  code,
  codeType: code !== null && codeType !== 'other' ? ('uscc' as const) : ('other' as const),
});
