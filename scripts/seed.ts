import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { demoOrganisation } from '../cases/demoOrganisation.ts';
import { defaultPolicy } from '../domain/policy.ts';
import { defaultCalendar } from '../platform/calendarSource.ts';
import { loadConfig } from '../platform/config.ts';
import { connectDatabase } from '../platform/database.ts';
import type { PrismaClient } from '../prisma/generated/client.ts';

/** One person of the demo organisation with the token that acts for him. */
export type DemoToken = {
  readonly token: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly string[];
  readonly seat: string | null;
};

const SINCE = new Date('2020-01-01T00:00:00Z');
const DOCUMENT = '演示任命文件';
const TOKEN_DAYS = 365;

/** Loads the demo organisation, the first policy version and the default calendar. Run again, it changes nothing that is there. */
export async function seedOrganisation(prisma: PrismaClient): Promise<void> {
  const { units, persons, seats } = demoOrganisation;
  await prisma.$transaction([
    prisma.unit.createMany({
      data: units.map(({ id, kind, name, nameEn }) => ({
        id,
        code: id.toUpperCase(),
        kind,
        name,
        nameEn,
        parentId: kind === 'headquarters' ? null : 'headquarters',
      })),
      skipDuplicates: true,
    }),
    prisma.territory.createMany({
      data: units.flatMap(({ id, territory }) =>
        territory.map((prefix) => ({ id: `${id}-${prefix}`, unitId: id, prefix, validFrom: SINCE })),
      ),
      skipDuplicates: true,
    }),
    prisma.person.createMany({
      data: persons.map(({ id, name, nameEn, unitId }) => ({ id, login: id, name, nameEn, unitId })),
      skipDuplicates: true,
    }),
    prisma.roleAssignment.createMany({
      data: persons.flatMap(({ id, unitId, roles }) =>
        roles.map((role) => ({
          id: `${id}-${role}`,
          personId: id,
          role,
          unitId: inUnit(role) ? unitId : null,
          validFrom: SINCE,
          document: DOCUMENT,
        })),
      ),
      skipDuplicates: true,
    }),
    prisma.seat.createMany({
      data: seats.map(({ id, kind, ord, name, nameEn, unitId }) => ({ id, kind, ord, name, nameEn, unitId })),
      skipDuplicates: true,
    }),
    prisma.seatTerm.createMany({
      data: seats.map(({ id, personId }) => ({
        id: `${id}-1`,
        seatId: id,
        personId,
        validFrom: SINCE,
        document: DOCUMENT,
      })),
      skipDuplicates: true,
    }),
    prisma.policyVersion.createMany({
      data: [{ version: 1, effectiveFrom: SINCE, values: JSON.parse(JSON.stringify(defaultPolicy)), note: '初始策略' }],
      skipDuplicates: true,
    }),
  ]);
  const { version, years } = defaultCalendar();
  await prisma.calendar.createMany({
    data: [{ version, years: JSON.parse(JSON.stringify(years)), source: '国务院办公厅放假通知（随程序提供）' }],
    skipDuplicates: true,
  });
}

const inUnit = (role: string): boolean => ['submitter', 'unitHead', 'marketingDeputy'].includes(role);

/** A token for everybody, in `file` (0600). One that is there and still holds is kept. @returns person → token */
export async function seedTokens(prisma: PrismaClient, file: string): Promise<Record<string, DemoToken>> {
  const kept: Record<string, DemoToken> = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  const valid = await prisma.apiToken.findMany({
    where: { revokedAt: null, expiresAt: { gt: new Date() }, name: 'demo' },
    select: { tokenHash: true },
  });
  const hashes = new Set(valid.map((token) => token.tokenHash));
  const units = new Map(demoOrganisation.units.map((unit) => [unit.id, unit.name]));
  const tokens: Record<string, DemoToken> = {};
  for (const { id, name, unitId, roles } of demoOrganisation.persons) {
    const seat = demoOrganisation.seats.find((held) => held.personId === id);
    const before = kept[id]?.token;
    const token = before && hashes.has(hashOf(before)) ? before : randomBytes(32).toString('base64url');
    tokens[id] = {
      token,
      name,
      unit: units.get(unitId) ?? unitId,
      roles: seat ? [...roles, seat.kind] : roles,
      seat: seat?.name ?? null,
    };
  }
  const expiresAt = new Date(Date.now() + TOKEN_DAYS * 86_400_000);
  await prisma.apiToken.createMany({
    data: Object.entries(tokens).map(([personId, { token }]) => ({
      id: `demo-${hashOf(token).slice(0, 24)}`,
      tokenHash: hashOf(token),
      personId,
      name: 'demo',
      scopes: ['read', 'decide', 'admin'],
      expiresAt,
    })),
    skipDuplicates: true,
  });
  await writeOwn(file, `${JSON.stringify(tokens, null, 2)}\n`);
  return tokens;
}

/** Readable by its owner only, from its first byte on. */
async function writeOwn(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, file);
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

if (import.meta.main) {
  const config = loadConfig(process.env);
  if (!config.demo) throw new Error('DEMO is off: the demo organisation is not loaded.');
  if (!config.databaseUrl)
    throw new Error('DATABASE_URL: should name the database to load the demo organisation into.');
  const database = connectDatabase(config.databaseUrl);
  try {
    await seedOrganisation(database.prisma);
    await seedTokens(database.prisma, join(config.dataDir, 'demo-tokens.json'));
  } finally {
    await database.close();
  }
}
