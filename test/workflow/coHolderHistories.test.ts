import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { allocate, cancelAllocation } from '../../cases/allocations.ts';
import { proposeCoHolder } from '../../cases/coHolders.ts';
import { proposeOverride, withdraw } from '../../cases/ending.ts';
import { allocation } from '../../domain/allocation.ts';
import { coHolder } from '../../domain/coHolder.ts';
import { type Lifecycle, terminalStates } from '../../domain/lifecycle.ts';
import { startCompany } from '../support/company.ts';
import { keepWalk } from '../support/walks.ts';

/** Every way a proposal of a co-holder and an allocation can go; `npm run save-release` keeps the histories for the replay gate. */
const company = await startCompany({ timeSkipping: true });
const { deps } = company;
const { prisma } = deps;

const CLERK = 'office-clerk-1';
const HEAD = 'central-head';
const reason = '有理由';
const key = () => randomUUID();

/** An account that central holds alone. */
async function account(): Promise<string> {
  const id = key();
  await deps.keys.create(`client:${id}`);
  await prisma.client.create({ data: { id, name: '云澜示例', nameKey: id, nearKey: id } });
  const rest = { grade: 'branch', managedBy: 'branch', state: 'active', onList: true, establishedOn: new Date() };
  await prisma.account.create({ data: { id, clientId: id, archiveNo: id, ...rest, decisionCaseId: id } });
  const held = { id, accountId: id, clientId: id, unitId: 'central', managerId: 'central-manager', kind: 'lead' };
  await prisma.holding.create({ data: { ...held, validFrom: new Date(), decisionCaseId: id } });
  return id;
}

const withdrawn = async (caseId: string, personId = HEAD): Promise<string> => {
  await withdraw(deps, { personId, caseId, reason, key: key() });
  return caseId;
};

async function proposed(): Promise<string> {
  const form = { unitId: 'south', reason, regionCodes: ['440000'] };
  const { caseId } = await proposeCoHolder(deps, { personId: 'south-head', accountId: await account(), form });
  await company.task(caseId, 'vote');
  return caseId;
}

async function nominating(): Promise<string> {
  const caseId = await proposed();
  await company.voteAll(caseId, 'deciding', 'for');
  await company.task(caseId, 'nominate');
  return caseId;
}

async function confirming(managerId = 'south-manager', from = nominating): Promise<string> {
  const caseId = await from();
  await company.answer(caseId, 'south-deputy', 'nominate', 'nominate', { managerId });
  await company.task(caseId, 'vote');
  return caseId;
}

const confirmed = async (caseId: string): Promise<string> => {
  await company.voteAll(caseId, 'confirming', 'for');
  return caseId;
};

async function refusedThrice(): Promise<string> {
  const caseId = await nominating();
  for (const managerId of ['south-manager', 'south-submitter', 'south-head']) {
    await confirming(managerId, async () => caseId);
    await company.voteAll(caseId, 'confirming', 'against');
  }
  await company.task(caseId, 'appoint');
  return caseId;
}

type Path = readonly [name: string, ending: string, walk: () => Promise<string>];

const coHolderPaths: readonly Path[] = [
  ['added', 'added', async () => confirmed(await confirming())],
  [
    'added-after-nominee-left',
    'added',
    async () => {
      const caseId = await confirming('south-manager');
      await prisma.person.update({ where: { id: 'south-manager' }, data: { active: false } });
      await company.passTo((await company.ballot(caseId, 'confirming')).dueAt);
      await company.task(caseId, 'nominate');
      await prisma.person.update({ where: { id: 'south-manager' }, data: { active: true } });
      return confirmed(await confirming('south-manager', async () => caseId));
    },
  ],
  [
    'added-as-appointed',
    'added',
    async () => {
      const caseId = await refusedThrice();
      await company.answer(caseId, 'director', 'appoint', 'appoint', { managerId: 'south-deputy' });
      return caseId;
    },
  ],
  [
    'refused-by-director',
    'refused',
    async () => {
      const caseId = await refusedThrice();
      await company.answer(caseId, 'director', 'appoint', 'reject', { reason });
      return caseId;
    },
  ],
  [
    'refused-by-committee',
    'refused',
    async () => {
      const caseId = await proposed();
      await company.voteAll(caseId, 'deciding', 'against');
      return caseId;
    },
  ],
  [
    'lapsed-nominating',
    'lapsed',
    async () => {
      const caseId = await nominating();
      for (let level = 0; level < 2; level++) await company.passTo((await company.task(caseId, 'nominate')).dueAt);
      return caseId;
    },
  ],
  [
    'lapsed-by-administrators',
    'lapsed',
    async () => {
      const caseId = await proposed();
      await overridden(caseId);
      return caseId;
    },
  ],
  ['withdrawn-deciding', 'withdrawn', async () => withdrawn(await proposed(), 'south-head')],
  ['withdrawn-nominating', 'withdrawn', async () => withdrawn(await nominating(), 'south-head')],
  ['withdrawn-confirming', 'withdrawn', async () => withdrawn(await confirming(), 'south-head')],
];

async function overridden(caseId: string): Promise<void> {
  const proposal = { personId: 'system-admin', caseId, to: 'lapsed', reason, key: key() } as const;
  await proposeOverride(deps, { ...proposal, provenAt: new Date() });
  await company.answer(caseId, 'security-admin', 'confirmOverride', 'confirm');
}

async function started(): Promise<string> {
  const form = { projectName: '示例大厦', regionCode: '440100', reason };
  const { caseId } = await allocate(deps, { personId: HEAD, accountId: await account(), form });
  await company.task(caseId, 'chooseFirst');
  return caseId;
}

async function consulting(action: 'claim' | 'leave' = 'claim'): Promise<string> {
  const caseId = await started();
  await company.answer(caseId, HEAD, 'chooseFirst', action);
  await company.task(caseId, 'recordClientView');
  return caseId;
}

/** The consultation ends in silence. */
async function proposing(from = consulting): Promise<string> {
  const caseId = await from();
  await company.passTo((await company.task(caseId, 'recordClientView')).dueAt);
  await company.task(caseId, 'proposeBuilder');
  return caseId;
}

async function balloting(action: 'propose' | 'release', from: () => Promise<string> = proposing): Promise<string> {
  const caseId = await from();
  const body = action === 'propose' ? { unitId: 'south', reason } : { reason };
  await company.answer(caseId, CLERK, 'proposeBuilder', action, body);
  await company.task(caseId, 'vote');
  return caseId;
}

const voted = async (caseId: string, step: string, choice: string): Promise<string> => {
  await company.voteAll(caseId, step, choice);
  return caseId;
};

async function directing(): Promise<string> {
  let caseId = await voted(await balloting('propose'), 'deciding', 'against');
  caseId = await voted(await balloting('release', async () => caseId), 'releasing', 'against');
  caseId = await voted(await balloting('propose', async () => caseId), 'deciding', 'against');
  await company.task(caseId, 'decideBuilder');
  return caseId;
}

const places: readonly (readonly [state: string, walk: () => Promise<string>])[] = [
  ['first-choice', started],
  ['consultation', consulting],
  ['proposing', proposing],
  ['deciding', () => balloting('propose')],
  ['releasing', () => balloting('release')],
];

const allocationPaths: readonly Path[] = [
  ['allocated', 'allocated', async () => voted(await balloting('propose'), 'deciding', 'for')],
  [
    'allocated-after-choice-left',
    'allocated',
    async () => voted(await balloting('propose', () => proposing(() => consulting('leave'))), 'deciding', 'for'),
  ],
  [
    'allocated-after-silence',
    'allocated',
    async () => {
      const caseId = await started();
      await company.passTo((await company.task(caseId, 'chooseFirst')).dueAt);
      return voted(await balloting('propose', () => proposing(async () => caseId)), 'deciding', 'for');
    },
  ],
  ['released', 'released', async () => voted(await balloting('release'), 'releasing', 'for')],
  [
    'allocated-by-director',
    'allocated',
    async () => {
      const caseId = await directing();
      await company.answer(caseId, 'director', 'decideBuilder', 'allocate', { unitId: 'east', reason });
      return caseId;
    },
  ],
  [
    'released-by-director',
    'released',
    async () => {
      const caseId = await directing();
      await company.answer(caseId, 'director', 'decideBuilder', 'giveFree', { reason });
      return caseId;
    },
  ],
  [
    'lapsed-by-administrators',
    'lapsed',
    async () => {
      const caseId = await started();
      await overridden(caseId);
      return caseId;
    },
  ],
  ...places.flatMap(([state, walk]): Path[] => [
    [`withdrawn-${state}`, 'withdrawn', async () => withdrawn(await walk())],
    [
      `cancelled-${state}`,
      'lapsed',
      async () => {
        const caseId = await walk();
        await cancelAllocation(deps, { personId: HEAD, caseId, reason, key: key() });
        return caseId;
      },
    ],
  ]),
];

test.each(coHolderPaths)(
  'a co-holder: %s ends as %s, and no workflow task failed on the way',
  async (name, ending, walk) => {
    await keepWalk(company, coHolder, { name: `coHolder-${name}`, caseId: await walk(), ending });
  },
);

test.each(allocationPaths)(
  'an allocation: %s ends as %s, and no workflow task failed on the way',
  async (name, ending, walk) => {
    await keepWalk(company, allocation, { name: `allocation-${name}`, caseId: await walk(), ending });
  },
);

test('every ending of an execution has a path', () => {
  const endingsOf = (paths: readonly Path[]) => [...new Set(paths.map(([, ending]) => ending))].sort();
  const executed = (lifecycle: Lifecycle<string>) =>
    terminalStates(lifecycle)
      .filter((state) => lifecycle.transitions.some(({ to, atOnce }) => to === state && !atOnce))
      .sort();
  expect(endingsOf(coHolderPaths)).toEqual(executed(coHolder));
  expect(endingsOf(allocationPaths)).toEqual(executed(allocation));
});
