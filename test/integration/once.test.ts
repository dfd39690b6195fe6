import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { routeGroups } from '../../api/contract/routes.ts';
import { once } from '../../api/once.ts';
import { endAbsence, enterAbsence } from '../../cases/absences.ts';
import { proposeAppointment } from '../../cases/appointmentProposals.ts';
import { attach, storeUpload } from '../../cases/attachments.ts';
import { appendAudit } from '../../cases/audit.ts';
import { addComment } from '../../cases/comments.ts';
import { delegate } from '../../cases/delegations.ts';
import { dissolveUnit } from '../../cases/dissolution.ts';
import { createDraft } from '../../cases/drafts.ts';
import { type Keep, reserve } from '../../cases/idempotency.ts';
import { dismissStranger, linkStranger, recordStranger } from '../../cases/identities.ts';
import { addPerson, leave } from '../../cases/people.ts';
import { setPolicy, withdrawPolicy } from '../../cases/policyVersions.ts';
import { fillSeat, vacateSeat } from '../../cases/seats.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { addTerritory, addUnit, endTerritory } from '../../cases/units.ts';
import { copy } from '../../cases/verbs.ts';
import { localDay } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { defaultPolicy } from '../../domain/policy.ts';
import { attachmentFolder } from '../../platform/attachments.ts';
import { branchLevel, exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const { deps } = company;
const personId = 'central-submitter';
const caseId = await company.submitted(branchLevel);
const folder = await mkdtemp(join(tmpdir(), 'approvals-once-'));
const TERRITORY = '120102';
const files = await attachmentFolder(folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function attached(keep: Keep<{ id: string }>) {
  async function* source() {
    yield new TextEncoder().encode('一页');
  }
  const upload = { owner: { caseId }, purpose: 'evidence', name: 'a.txt', source: source(), maxBytes: 1000 };
  return attach(deps, personId, await storeUpload(deps, files, upload), keep);
}

const factsOf = async (kind: string) => {
  const { rows } = await deps.pool.query('SELECT 1 FROM facts WHERE kind = $1', [kind]);
  return rows.length;
};
const policies = async () => (await deps.pool.query('SELECT 1 FROM policy_versions')).rows.length;
const persons = async () => (await deps.pool.query('SELECT 1 FROM persons')).rows.length;
const delegations = async () => (await deps.pool.query('SELECT 1 FROM delegations')).rows.length;
/** Every act is on record once. */
const recorded = async () => (await deps.pool.query('SELECT 1 FROM audit_entries')).rows.length;
const appointed = { adminId: 'system-admin', document: '任命文件', on: localDay(Date.now()) };
const inAnHour = () => new Date(Date.now() + 3_600_000);
const done = (keep: Keep<object>) => (client: Parameters<Keep<object>>[0]) => keep(client, { done: true });
const stranger = { method: 'company', subject: randomUUID(), adminId: 'security-admin' };

type Acts = Record<string, [act: (keep: Keep<object>) => Promise<unknown>, count: () => Promise<number>]>;
const acts: Acts = {
  'a draft': [(keep) => createDraft(deps, personId, exampleForm(), null, keep), () => factsOf('drafted')],
  'a comment': [(keep) => addComment(deps, { personId, caseId, text: '请阅' }, keep), () => factsOf('commented')],
  'an attachment': [attached, () => factsOf('attached')],
  'a copy': [
    (keep) => copy(deps, { personId, caseId, to: ['finance-head', 'legal-head'] }, (client) => keep(client, {})),
    () => factsOf('copied'),
  ],
  'a delegation': [
    (keep) => {
      const period = { validFrom: new Date(), validTo: new Date(Date.now() + 3_600_000) };
      return delegate(deps, { personId, toId: 'central-head', kinds: ['nominate'], ...period }, keep);
    },
    delegations,
  ],
  'a person': [
    (keep) => {
      return addPerson(deps, { ...appointed, login: 'new', name: '新', nameEn: 'New', unitId: 'central' }, keep);
    },
    persons,
  ],
  'a policy': [
    (keep) => {
      const effectiveFrom = new Date(Date.now() + 3_600_000);
      return setPolicy(deps, { personId: 'office-head', effectiveFrom, note: '试', values: defaultPolicy }, keep);
    },
    policies,
  ],
  'a policy taken back': [
    async (keep) => {
      const policy = { personId: 'office-head', effectiveFrom: inAnHour(), note: '试', values: defaultPolicy };
      const { version } = await setPolicy(deps, policy);
      await withdrawPolicy(deps, { personId: 'office-head', version, note: '撤' }, done(keep));
    },
    recorded,
  ],
  'an absence ended': [
    async (keep) => {
      const days = { firstDay: '2099-03-02', lastDay: '2099-03-03', deputyId: null };
      const { id } = await enterAbsence(deps, { byId: personId, personId, ...days });
      await endAbsence(deps, { byId: personId, id }, done(keep));
    },
    recorded,
  ],
  'a territory': [
    (keep) => addTerritory(deps, 'central', { ...appointed, regionCode: '110105', carveOut: false }, keep),
    recorded,
  ],
  'a territory ended': [
    async (keep) => {
      const { id } = await addTerritory(deps, 'central', { ...appointed, regionCode: TERRITORY, carveOut: false });
      await endTerritory(deps, id, appointed, done(keep));
    },
    recorded,
  ],
  'a unit dissolved': [
    async (keep) => {
      const named = { code: 'brief', kind: 'department', name: '短', nameEn: 'Brief' } as const;
      const { id: unitId } = await addUnit(deps, { ...appointed, ...named, parentId: 'central' });
      const dissolution = { ...appointed, unitId, successorId: null, takesPersons: false };
      await dissolveUnit(deps, dissolution, done(keep));
    },
    recorded,
  ],
  'a person who leaves': [
    async (keep) => {
      const { id } = await addPerson(deps, {
        ...appointed,
        login: 'brief',
        name: '短',
        nameEn: 'B',
        unitId: 'central',
      });
      await leave(deps, { ...appointed, personId: id }, done(keep));
    },
    recorded,
  ],
  'a seat filled': [
    async (keep) => {
      const { seatId, personId: holder } = await aTerm();
      const term = { adminId: 'system-admin', document: '任命文件', from: appointed.on };
      await fillSeat(deps, { ...term, seatId, personId: holder }, done(keep));
    },
    recorded,
  ],
  'a seat vacated': [async (keep) => vacateSeat(deps, (await aTerm()).seatId, appointed, done(keep)), recorded],
  'a proposal': [
    async (keep) => {
      const asked = { personId: 'system-admin', provenAt: new Date() };
      const { seatId } = await aTerm();
      const proposed = { seatId, role: null, personId: null, validFrom: appointed.on, document: '文件', reason: '因' };
      return proposeAppointment(deps, asked, proposed, keep);
    },
    recorded,
  ],
  'a link': [
    async (keep) => {
      await recordStranger(deps, stranger, {});
      await linkStranger(deps, { ...stranger, personId }, done(keep));
    },
    recorded,
  ],
  'a stranger dismissed': [
    async (keep) => {
      await recordStranger(deps, { ...stranger, subject: 'another' }, {});
      await dismissStranger(deps, { ...stranger, subject: 'another' }, done(keep));
    },
    recorded,
  ],
};

/** The newest term of a seat that is held. */
async function aTerm(): Promise<{ seatId: string; personId: string }> {
  const term = await deps.prisma.seatTerm.findFirstOrThrow({ where: { validTo: null }, orderBy: { seatId: 'desc' } });
  return { seatId: term.seatId, personId: term.personId };
}

describe('an act whose answer to the commit was lost', () => {
  test.each(Object.entries(acts))('%s is not done again when it is asked for again', async (_, [act, count]) => {
    const key = { personId, target: `lost:${randomUUID()}`, key: randomUUID(), body: {} };
    const before = await count();
    const lost = once(deps, key, async (keep) => {
      await act(keep);
      throw new DomainError('unavailable');
    });
    await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
    const done = await count();
    expect(done).toBeGreaterThan(before);
    const again = await once(deps, key, () => Promise.reject(new Error('done again')));
    expect(again).toEqual(expect.any(Object));
    expect(await count()).toBe(done);
  });
});

describe('a key that is taken', () => {
  const target = 'taken';
  const age = (key: string, seconds: number) =>
    deps.pool.query('UPDATE idempotency_keys SET at = now() - make_interval(secs => $2) WHERE key = $1', [
      key,
      seconds,
    ]);
  const noted = (keep: Keep<{ by: string }>, by: string) =>
    inTransaction(deps, async (client) => {
      await appendAudit(client, { act: `noted.${by}`, actorId: personId });
      await keep(client, { by });
      return { result: { by }, doorbell: null };
    });
  const notes = async (by: string) =>
    (await deps.pool.query('SELECT 1 FROM audit_entries WHERE act = $1', [`noted.${by}`])).rows.length;

  test('is taken over from a process that died, while the same request waits', async () => {
    const act = { personId, target, key: randomUUID(), body: {} };
    await reserve(deps.pool, act, await deps.keys.getOrCreate(`person:${personId}`));
    await age(act.key, 9);
    await expect(once(deps, act, (keep) => noted(keep, 'heir'))).resolves.toEqual({ by: 'heir' });
  });

  test('leaves one who was only slow nothing done', async () => {
    const act = { personId, target, key: randomUUID(), body: {} };
    const slow = once<{ by: string }>(deps, act, async (keep) => {
      await age(act.key, 60);
      await once(deps, act, (own) => noted(own, 'quick'));
      return noted(keep, 'slow');
    });
    await expect(slow).rejects.toMatchObject({ code: 'unavailable' });
    expect([await notes('quick'), await notes('slow')]).toEqual([1, 0]);
    await expect(once(deps, act, (keep) => noted(keep, 'again'))).resolves.toEqual({ by: 'quick' });
  });

  test('by work that does not keep its answer is a mistake, not an act', async () => {
    const act = { personId, target, key: randomUUID(), body: {} };
    await expect(once(deps, act, async () => ({}))).rejects.toThrow('was not kept');
  });
});

/** How each write is held to being done once: by the transaction on its case, by `once`, or because doing it again changes nothing. */
const heldBy: Readonly<Record<string, readonly string[]>> = {
  'its case': [
    ...['recommendations.submit', 'recommendations.withdraw', 'cases.declareRecusal', 'cases.override'],
    ...['tasks.decide', 'tasks.claim', 'tasks.release', 'tasks.transfer', 'tasks.urge', 'tasks.consult'],
    ...['tasks.addApprover', 'tasks.extend', 'proposals.redrive', 'allocations.cancel', 'reviews.dissent'],
    'agenda.pullOut',
  ],
  once: [
    ...['agenda.giveBulkVote', 'organisation.leave', 'organisation.term', 'organisation.grant', 'organisation.endRole'],
    ...['openCampaign', 'pauseCampaign', 'resumeCampaign', 'addToCampaign', 'excludeFromCampaign'].map(
      (name) => `campaigns.${name}`,
    ),
    ...['units.addUnit', 'units.dissolve', 'units.addTerritory', 'units.endTerritory'],
    ...['persons.addPerson', 'persons.vacateSeat', 'identities.link', 'identities.endLink', 'identities.dismiss'],
    ...['policy.createPolicy', 'policy.withdrawPolicy', 'calendars.importCalendar'],
    ...['recommendations.create', 'recommendations.coRecommend', 'cases.comment', 'cases.copy'],
    ...['tasks.decideAll', 'tasks.claimAll', 'tasks.delegate', 'delegations.delegate', 'filters.save'],
    ...['projects.enterProject', 'projects.cancelProject', 'projects.enterOperation'],
    ...['projects.addOperationKind', 'projects.retireOperationKind'],
    ...['absences.enterAbsence', 'absences.endAbsence', 'attachments.upload'],
    ...['exclusivity.ask', 'exclusivity.judge', 'exclusivity.question', 'exclusivity.word'],
    ...['breaches.report', 'memberships.propose', 'co-holders.propose', 'co-holders.end', 'allocations.start'],
    ...['reassignments.reassignAccount', 'reassignments.reassignPerson', 'reassignments.reassignUnit'],
    ...['suggestions.raise', 'exits.propose', 'relistings.propose', 'account reports.report', 'editions.begin'],
    ...['imports.bringImport', 'imports.mapImport', 'imports.applyImport', 'imports.withdrawImport'],
    ...['visits.logVisit', 'visits.planVisit', 'visits.visitDone', 'visits.cancelVisit', 'visits.correctVisit'],
    ...['setMarketingTask', 'fulfilMarketingTask', 'dropMarketingTask'].map((name) => `marketing tasks.${name}`),
    ...['proposals.proposeSeat', 'proposals.proposeRole', 'proposals.answerProposal'],
  ],
  // What is read stays read, what is muted is what was named, a filter is as it was last described; a reference is used once by its own case.
  nature: [
    'notifications.readAll',
    'notifications.read',
    'notifications.mute',
    'filters.change',
    'filters.arrange',
    'tasks.signalReference',
  ],
};
const handlers = await handlersByOperation();

describe('every route that takes an Idempotency-Key', () => {
  test('is named with what holds it to being done once', () => {
    const writes = Object.entries(routeGroups).flatMap(([group, routes]) =>
      Object.entries(routes).flatMap(([name, route]) => (route.writes ? [`${group}.${name}`] : [])),
    );
    expect(Object.values(heldBy).flat().toSorted()).toEqual(writes.toSorted());
  });

  test.each(heldBy.once ?? [])('%s goes through once, which takes no answer that is not kept', (operation) => {
    expect(handlers.get(operation)).toMatch(/\b(once|doneOnce|begunOnce|bulkOutcome)(<[^(]*>)?\(/);
  });

  test.each(heldBy['its case'] ?? [])('%s hands its key to the transaction on its case', (operation) => {
    expect(handlers.get(operation)?.match(/\bkey\b/g)?.length).toBeGreaterThan(1);
  });
});

/** The text of each handler, by the operation it is mounted for. */
async function handlersByOperation(): Promise<ReadonlyMap<string, string>> {
  const names = new Map(Object.entries(routeGroups).map(([group, routes]) => [routes, group]));
  const found = new Map<string, string>();
  const folder = new URL('../../api/routers/', import.meta.url);
  for (const file of await readdir(folder)) {
    const source = await readFile(new URL(file, folder), 'utf8');
    const contract = /\b(\w+) as routes\b[^;]*? from '(\.\.\/contract\/\w+\.ts)'/s.exec(source);
    if (!contract) continue;
    const [, exported = '', path = ''] = contract;
    const routes = (await import(new URL(path, new URL('x', folder)).href))[exported];
    const group = names.get(routes);
    for (const part of source.split(/\n {2}on\(/).slice(1)) {
      const name = /^\s*routes\.(\w+),/.exec(part)?.[1];
      if (name) found.set(`${group}.${name}`, part);
    }
  }
  return found;
}

test('a policy cannot take effect at a time that has passed by the database’s clock', async () => {
  const effectiveFrom = new Date(Date.now() - 60_000);
  const set = setPolicy(deps, { personId: 'office-head', effectiveFrom, note: '试', values: defaultPolicy });
  await expect(set).rejects.toMatchObject({ code: 'invalid' });
});
