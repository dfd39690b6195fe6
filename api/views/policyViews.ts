import { defaultPolicy, type PolicyKey, policyDefinitions } from '../../domain/policy.ts';
import { policyShape } from '../../domain/policyShape.ts';
import type { PolicyVersion, PolicyWithdrawal, PrismaClient } from '../../prisma/generated/client.ts';
import type { PolicyChange, PolicySummary, PolicyView } from '../contract/policies.ts';
import { timeOf } from './days.ts';
import { loadNames, type Names } from './names.ts';

type Value = PolicyChange['from'];
type Values = Readonly<Record<PolicyKey, Value>>;
type Stored = {
  /** The version that takes effect last comes first. */
  readonly versions: readonly PolicyVersion[];
  readonly withdrawals: ReadonlyMap<number, PolicyWithdrawal>;
  readonly openCases: ReadonlyMap<number, number>;
  readonly names: Names;
  readonly current: number | null;
};

const keys = Object.keys(policyDefinitions) as PolicyKey[];

/** All versions, the last to take effect first, each with what it changed and how many open cases keep it. */
export async function policyVersions(prisma: PrismaClient): Promise<PolicySummary[]> {
  const stored = await load(prisma);
  return stored.versions.map((row) => summaryOf(row, stored));
}

/** One version with its values; the one in force for null. Null when there is none of that number. */
export async function policyView(prisma: PrismaClient, version: number | null): Promise<PolicyView | null> {
  const stored = await load(prisma);
  const row = stored.versions.find((each) => each.version === (version ?? stored.current));
  if (!row) return null;
  const values = valuesOf(row);
  return {
    ...summaryOf(row, stored),
    values: keys.map((key) => {
      const { basis, zh, en } = policyDefinitions[key];
      const { group, kind, options } = policyShape(key);
      return { key, value: values[key], basis, zh, en, group, kind, options: [...options] };
    }),
  };
}

async function load(prisma: PrismaClient): Promise<Stored> {
  const [versions, withdrawals, open] = await Promise.all([
    prisma.policyVersion.findMany({ orderBy: [{ effectiveFrom: 'desc' }, { version: 'desc' }] }),
    prisma.policyWithdrawal.findMany(),
    prisma.case.groupBy({
      by: ['policyVersion'],
      where: { closedAt: null, state: { not: 'draft' } },
      _count: { _all: true },
    }),
  ]);
  const withdrawn = new Map(withdrawals.map((row) => [row.version, row]));
  const now = Date.now();
  return {
    versions,
    withdrawals: withdrawn,
    openCases: new Map(open.map((row) => [row.policyVersion, row._count._all])),
    names: await loadNames(prisma, {
      persons: [...versions.map((row) => row.createdBy), ...withdrawals.map((row) => row.withdrawnBy)],
    }),
    current: versions.find((row) => row.effectiveFrom.getTime() <= now && !withdrawn.has(row.version))?.version ?? null,
  };
}

function summaryOf(row: PolicyVersion, stored: Stored): PolicySummary {
  const { versions, withdrawals, names, current } = stored;
  const withdrawal = withdrawals.get(row.version);
  const before = versions.slice(versions.indexOf(row) + 1).find((each) => !withdrawals.has(each.version));
  const pending = row.effectiveFrom.getTime() > Date.now();
  return {
    version: row.version,
    effectiveFrom: timeOf(row.effectiveFrom),
    current: row.version === current,
    state: withdrawal ? 'withdrawn' : row.version === current ? 'current' : pending ? 'pending' : 'past',
    note: row.note,
    createdBy: names.personOrNull(row.createdBy),
    createdAt: timeOf(row.createdAt),
    withdrawal: withdrawal
      ? { by: names.person(withdrawal.withdrawnBy), note: withdrawal.note, at: timeOf(withdrawal.at) }
      : null,
    changes: before ? changesBetween(valuesOf(before), valuesOf(row)) : [],
    openCases: stored.openCases.get(row.version) ?? 0,
  };
}

/** A version older than a value has the standard one. */
const valuesOf = (row: PolicyVersion): Values => ({ ...defaultPolicy, ...(row.values as object) }) as unknown as Values;

const changesBetween = (before: Values, after: Values): PolicyChange[] =>
  keys
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ key, from: before[key], to: after[key] }));
