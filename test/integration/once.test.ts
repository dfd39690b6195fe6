import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { once } from '../../api/once.ts';
import { attach, storeUpload } from '../../cases/attachments.ts';
import { addComment } from '../../cases/comments.ts';
import { delegate } from '../../cases/delegations.ts';
import { createDraft } from '../../cases/drafts.ts';
import type { Keep } from '../../cases/idempotency.ts';
import { addPerson } from '../../cases/people.ts';
import { setPolicy } from '../../cases/policyVersions.ts';
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
const files = await attachmentFolder(folder);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function attached(keep: Keep<{ id: string }>) {
  async function* source() {
    yield new TextEncoder().encode('一页');
  }
  const upload = { caseId, purpose: 'evidence', name: 'a.txt', source: source(), maxBytes: 1000 };
  return attach(deps, personId, await storeUpload(deps, files, upload), keep);
}

const factsOf = async (kind: string) => {
  const { rows } = await deps.pool.query('SELECT 1 FROM facts WHERE kind = $1', [kind]);
  return rows.length;
};
const policies = async () => (await deps.pool.query('SELECT 1 FROM policy_versions')).rows.length;
const persons = async () => (await deps.pool.query('SELECT 1 FROM persons')).rows.length;
const delegations = async () => (await deps.pool.query('SELECT 1 FROM delegations')).rows.length;

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
      const appointed = { adminId: 'system-admin', document: '任命文件', on: localDay(Date.now()) };
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
};

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

test('a policy cannot take effect at a time that has passed by the database’s clock', async () => {
  const effectiveFrom = new Date(Date.now() - 60_000);
  const set = setPolicy(deps, { personId: 'office-head', effectiveFrom, note: '试', values: defaultPolicy });
  await expect(set).rejects.toMatchObject({ code: 'invalid' });
});
