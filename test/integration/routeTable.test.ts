import { describe, expect, test } from 'vitest';
import type { Route } from '../../api/contract/route.ts';
import { routeGroups } from '../../api/contract/routes.ts';
import { beginEdition } from '../../cases/publications.ts';
import { describeError } from '../../domain/errors.ts';
import { type Answer, startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { type Cell, type ObjectName, type Row, rows } from '../support/routeTable.ts';

const company = await startCompany();
const api = await startApi(company);
const { prisma } = company.deps;

const routes = new Map<string, Route>(
  Object.entries(routeGroups).flatMap(([group, own]) =>
    Object.entries(own).map(([name, route]) => [`${group}.${name}`, route as Route] as const),
  ),
);
const FOREIGN_UNIT = 'east-submitter';
const OTHER_PERSON = 'technology-expert';
const as = 'central-submitter';

const { objects, secrets } = await makeObjects();

async function makeObjects() {
  const draft = await company.draft();
  const otherCase = await company.submitted();
  const caseId = await company.submitted();
  await company.carryTo(caseId, 'established');
  const made = async (path: string, body: unknown, who = as) => {
    const answer = await api.post(path, { as: who, body });
    expect(answer.status, path).toBe(201);
    return String(answer.body.id);
  };
  const form = new FormData();
  form.set('caseId', otherCase);
  form.set('purpose', 'other');
  form.set('file', new Blob(['%PDF-1.4\n%%EOF\n']), '意向.pdf');
  const attachment = await api.post('/attachments', { as: 'central-submitter', raw: form });
  const receipt = await prisma.exclusivityCheck.findFirstOrThrow({ where: { personId: as } });
  const pair = {
    askedHash: 'a',
    nearHash: 'b',
    checkId: receipt.id,
    why: 'similar',
    state: 'asked',
    openedAt: new Date(),
  };
  const nearMatch = await prisma.nearMatch.create({ data: { id: 'near', ...pair, secret: new Uint8Array(1) } });
  const account = await prisma.account.findFirstOrThrow();
  const client = await prisma.client.findFirstOrThrow();
  const found: Record<ObjectName, string> = {
    draft,
    otherCase,
    case: caseId,
    task: (await company.task(otherCase, 'endorse')).id,
    ballot: (await company.ballot(caseId)).id,
    attachment: String(attachment.body.id),
    client: client.id,
    account: account.id,
    marketingTask: await made(
      `/accounts/${account.id}/marketing-tasks`,
      { what: '拜访', dueOn: '2099-01-05', ownerId: 'central-manager' },
      'central-manager',
    ),
    project: (await prisma.project.findFirstOrThrow({ where: { accountId: account.id } })).id,
    visit: String(
      (
        await api.post(`/accounts/${account.id}/visits/plan`, {
          as: 'central-manager',
          body: { plannedOn: '2099-01-05' },
        })
      ).body.visitId,
    ),
    session: await company.sessionOf(as),
    token: await made('/tokens', { name: 'own', scopes: ['read'], days: 1 }),
    filter: await made('/filters', { list: 'inbox', name: '我的筛选', criteria: {} }),
    delegation: await made('/delegations', {
      toId: 'central-submitter-2',
      kinds: ['supplement'],
      validFrom: '2099-01-05T00:00:00Z',
      validTo: '2099-01-06T00:00:00Z',
    }),
    notification: (await prisma.notification.findFirstOrThrow({ where: { personId: as } })).id,
    receipt: receipt.id,
    nearMatch: nearMatch.id,
    edition: (await beginEdition(company.deps, { personId: 'office-clerk-1' })).caseId,
    absence: await made('/absences', { firstDay: '2099-02-02', lastDay: '2099-02-03' }),
  };
  const cases = await prisma.case.findMany();
  return { objects: found, secrets: { clientName: client.name, numbers: cases.map(({ number }) => number) } };
}

const word = (text: string): string =>
  text.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'clientName' ? secrets.clientName : objects[name as ObjectName],
  );

/** Asks as the row says: with real objects, in a request that would be carried out for whoever may. */
async function asked(operation: string, row: Row, who: string, ids: Row['ids']): Promise<Answer> {
  const route = routes.get(operation) as Route;
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    ids?.[name] ? objects[ids[name] as ObjectName] : (FIXED[operation] ?? 'x'),
  );
  const query = operation === 'filters.filters' ? '?list=inbox' : '';
  if (route.multipart) {
    const form = new FormData();
    form.set('caseId', objects.otherCase);
    form.set('purpose', 'other');
    form.set('file', new Blob(['%PDF-1.4\n%%EOF\n']), 'a.pdf');
    return api.post(path, { as: who, raw: form });
  }
  const body = row.body ? JSON.parse(word(JSON.stringify(row.body))) : {};
  return api.call(route.method.toUpperCase(), path + query, {
    as: who,
    ...(route.body ? { body } : {}),
    ...(row.headers ? { headers: row.headers } : {}),
  });
}
/** What a path names beside the objects. */
const FIXED: Readonly<Record<string, string>> = {
  'campaigns.campaign': '2025',
  'campaigns.campaignAccounts': '2025',
  'allocations.place': '420100',
  'units.unit': 'central',
  'persons.person': 'central-submitter',
  'reassignments.reassignPerson': 'central-manager',
  'reassignments.reassignUnit': 'central',
  'desks.desk': 'mine',
  'policy.policy': '1',
  'policy.withdrawPolicy': '1',
  'agenda.agenda': '2025',
  'campaign report.report': '2025',
  'campaign report.exportReport': '2025',
  'agenda.giveBulkVote': '2025',
  'agenda.ownBulkVotes': '2025',
};

function expectCell(cell: Cell, { status, body }: Answer): void {
  const told = JSON.stringify(body);
  if (typeof cell === 'number') {
    expect([status, told]).toEqual([cell, expect.stringContaining('"code"')]);
    expect(describeError(body.code, {}, 'en').status).toBe(cell);
  } else if (cell === 'noneTaken') {
    expect([status, body.taken]).toEqual([200, 0]);
  } else {
    expect([status, told]).toEqual([expect.toSatisfy((code: number) => code < 300), told]);
  }
  if (cell === 'open') return;
  // Ids of the row stand in what is refused; nothing of the cases does.
  for (const secret of [secrets.clientName, objects.case, ...secrets.numbers, objects.token, objects.filter])
    if (cell !== 'noneTaken') expect(told).not.toContain(secret);
}

describe('a person of another unit', () => {
  test.each(Object.entries(rows).filter(([, { unit }]) => unit !== '-'))('%s', async (operation, row) => {
    expectCell(row.unit, await asked(operation, row, FOREIGN_UNIT, row.ids));
  });
});

describe('a person whose object it is not', () => {
  test.each(Object.entries(rows).filter(([, { object }]) => object !== '-'))('%s', async (operation, row) => {
    expectCell(row.object, await asked(operation, row, row.objectAs ?? personFor(operation), row.objectIds ?? row.ids));
  });
});

test('nothing of what was asked changed anything', async () => {
  for (const path of ['/tokens', '/filters?list=inbox', '/delegations', '/absences'])
    expect((await api.get(path, { as })).body.items.length, path).toBeGreaterThan(0);
  expect((await prisma.session.findUniqueOrThrow({ where: { id: objects.session } })).revokedAt).toBeNull();
  expect((await api.get(`/attachments/${objects.attachment}`, { as })).status).toBe(200);
  expect((await company.caseRow(objects.draft)).state).toBe('draft');
  expect((await company.caseRow(objects.otherCase)).state).toBe('endorsing');
});

/** Somebody of the route's role, but of another unit and without any part in the cases. */
function personFor(operation: string): string {
  return routes.get(operation)?.roles ? FOREIGN_UNIT : OTHER_PERSON;
}
