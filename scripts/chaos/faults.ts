import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../system/random.ts';
import { clockOff } from './clock.ts';
import { fillDisk } from './disk.ts';
import type { ChaosSystem, SteadyPool } from './system.ts';
import { sever } from './wire.ts';

export type FaultKind = keyof typeof faults;

/** What a fault needs. */
export type Scene = { readonly system: ChaosSystem; readonly database: SteadyPool; readonly chance: Chance };

/** Does its harm at a moment drawn by lot and undoes it. @returns what it did, in words; null where its moment did not come */
export type Fault = (scene: Scene) => Promise<string | null>;

/** The moment that a trap waits for must come within this time. */
const MOMENT_WITHIN_MS = 30_000;

const sometime = ({ chance }: Scene): Promise<void> => pause(chance.between(0, 1500));

const killing =
  (...names: readonly (keyof ChaosSystem['parts'])[]): Fault =>
  async (scene) => {
    await sometime(scene);
    const killed = names.filter((name) => scene.system.parts[name].kill());
    return killed.length === names.length ? `${names.join(' and ')} killed` : null;
  };

const killedAtCommit =
  (name: 'api' | 'worker'): Fault =>
  async (scene) => {
    await sometime(scene);
    const { parts, traps } = scene.system;
    const how = `${name} killed when its transaction had been committed and it did not know`;
    return snapped(traps[`${name}Commit`], () => parts[name].kill(), how);
  };

const answerLost =
  (trap: keyof ChaosSystem['traps'], how: string): Fault =>
  async (scene) => {
    await sometime(scene);
    return snapped(scene.system.traps[trap], () => {}, how);
  };

async function snapped(
  trap: ChaosSystem['traps'][keyof ChaosSystem['traps']],
  act: () => unknown,
  how: string,
): Promise<string | null> {
  const moment = trap.set((link) => {
    act();
    sever(link);
  });
  const came = await Promise.race([moment.then(() => true), pause(MOMENT_WITHIN_MS, false)]);
  trap.lift();
  return came ? how : null;
}

/** Every kind of fault, and what its harm is. */
export const faults = {
  worker: killing('worker'),
  api: killing('api'),
  both: killing('api', 'worker'),
  temporal: killing('temporal'),
  postgres: killing('postgres'),
  /** Between a decision's commit and its doorbell. */
  commit: killedAtCommit('api'),
  /** Between an activity's commit and its completion. */
  completion: killedAtCommit('worker'),
  /** The answer to a client is lost after the commit. */
  answer: answerLost('answer', 'the answer to a client lost, after it was taken'),
  apiReply: answerLost('apiCommit', 'PostgreSQL’s answer to a commit lost on its way to the API'),
  workerReply: answerLost('workerCommit', 'PostgreSQL’s answer to a commit lost on its way to the worker'),
  /** Temporal hears what it is told, and its answers are lost. */
  temporalReply: async (scene) => {
    await sometime(scene);
    const { apiToTemporal, workerToTemporal } = scene.system.wires;
    const wires = scene.chance.shuffled([apiToTemporal, workerToTemporal]).slice(0, scene.chance.between(1, 2));
    const ms = scene.chance.between(200, 1500);
    for (const wire of wires) wire.deafen();
    await pause(ms);
    for (const wire of wires) wire.cut()();
    return `Temporal’s answers lost for ${ms} ms on ${wires.length} connection(s)`;
  },
  /** Temporal is away for a whole ballot, from before its first vote until it is closed. */
  away: async ({ system, database, chance }) => {
    const open = () =>
      database.query<{ id: string }>(
        `SELECT id FROM ballots b WHERE status = 'open' AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.ballot_id = b.id AND f.kind = 'voted')`,
      );
    const end = Date.now() + MOMENT_WITHIN_MS;
    let ballots = await open();
    while (ballots.length === 0 && Date.now() < end) {
      await pause(50);
      ballots = await open();
    }
    if (ballots.length === 0) return null;
    const release = system.parts.temporal.hold();
    system.parts.temporal.kill();
    const from = Date.now();
    const ids = ballots.map((ballot) => ballot.id);
    let closed = 0;
    while (closed === 0 && Date.now() < from + MOMENT_WITHIN_MS) {
      await pause(100);
      const rows = await database.query(`SELECT 1 FROM ballots WHERE id = ANY ($1) AND status = 'closed'`, [ids]);
      closed = rows.length;
    }
    await pause(chance.between(0, 1000));
    release();
    return closed === 0
      ? null
      : `Temporal away for ${((Date.now() - from) / 1000).toFixed(1)} s and ${closed} ballot(s)`;
  },
  /** The disk of the data folder is full, of PostgreSQL, Temporal, keys, files and logs together. */
  disk: async (scene) => {
    if (!scene.system.hasSmallDisk) return null;
    await sometime(scene);
    const ms = scene.chance.between(200, 3000);
    const free = fillDisk(scene.system.dataDir);
    await pause(ms);
    free();
    return `the disk full for ${ms} ms`;
  },
  /** One process believes that it is an hour earlier or later. */
  clock: async ({ system, chance }) => {
    const name = chance.of(['api', 'worker'] as const);
    const hours = chance.of([-1, 1]);
    const turn = async (env: NodeJS.ProcessEnv): Promise<void> => {
      system.giveEnv(name, env);
      system.parts[name].kill();
      await system.healthy(120_000);
    };
    await turn(clockOff(hours));
    await pause(chance.between(1500, 4000));
    await turn({});
    return `${name} with its clock ${hours > 0 ? 'an hour fast' : 'an hour slow'}`;
  },
} satisfies Record<string, Fault>;
