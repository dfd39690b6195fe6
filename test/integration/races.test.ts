import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openArena } from '../../scripts/races/arena.ts';
import { foundIn, type RaceReport, races, runRace } from '../../scripts/races/run.ts';

// A few rounds of each, from one seed; `npm run races` holds as many as one likes.
const SEED = 20261128;
const TIMES = 2;
const PATIENCE_MS = 300_000;

const folder = await mkdtemp(join(tmpdir(), 'approvals-races-'));
const arena = await openArena(join(folder, 'system'));
const reports: RaceReport[] = [];
afterAll(async () => {
  await arena.close();
  await rm(folder, { recursive: true, force: true });
}, PATIENCE_MS);

test.each(races)(
  'in the race $name one wins, the others are told, and what was acknowledged is stored once',
  async (race) => {
    const report = await runRace(arena, race, { seed: SEED, times: TIMES });
    reports.push(report);
    expect(report.failures, `npm run races -- --seed ${SEED} --only ${race.name}`).toEqual([]);
    expect(report.rounds).toBe(TIMES);
  },
  PATIENCE_MS,
);

test(
  'after all of them everything stored agrees, and nothing is stuck',
  async () => {
    const verification = await arena.verify();
    expect(foundIn(verification, reports)).toEqual([]);
    expect(verification.temporal).toBe('compared');
  },
  PATIENCE_MS,
);
