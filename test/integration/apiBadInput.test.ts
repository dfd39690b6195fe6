import { randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { connectDatabase } from '../../platform/database.ts';
import { startApi } from '../support/api.ts';
import { exampleForm, startCompany } from '../support/company.ts';

const company = await startCompany({ worker: false });
const api = await startApi(company);
const { prisma } = company.deps;
const as = 'central-submitter';

const draft = (form: unknown) => api.post('/recommendations', { as, body: { form } });
const newDraft = async (): Promise<string> => (await draft(exampleForm())).body.caseId;

/** Status, code and field of a refusal; never a 5xx, never a stack. */
function refusal({ status, body, headers }: Awaited<ReturnType<typeof draft>>) {
  expect(status).toBeLessThan(500);
  expect(headers.get('Content-Type')).toContain('application/problem+json');
  expect(JSON.stringify(body)).not.toMatch(/\bat .*\.ts:\d+|node_modules/);
  return [status, body.code, body.field] as const;
}

describe('what cannot be read', () => {
  test('malformed JSON is refused as malformed', async () => {
    const answer = await api.post('/recommendations', {
      as,
      raw: '{"form":',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(refusal(answer)).toEqual([400, 'malformed', undefined]);
  });

  test('a body of another type is refused as unsupported', async () => {
    const answer = await api.post('/recommendations', { as, raw: 'form=1', headers: { 'Content-Type': 'text/plain' } });
    expect(refusal(answer)).toEqual([415, 'unsupportedMedia', undefined]);
  });

  test('a body over a megabyte is refused as too large', async () => {
    const answer = await draft({ conflictDeclaration: 'x'.repeat(1024 * 1024) });
    expect(refusal(answer)).toEqual([413, 'tooLarge', undefined]);
  });

  test('JSON that is no object is refused, naming no stack', async () => {
    for (const raw of ['null', '[]', '"text"', '17']) {
      const answer = await api.post('/recommendations', { as, raw, headers: { 'Content-Type': 'application/json' } });
      expect(refusal(answer)[0]).toBe(422);
    }
  });
});

describe('fields', () => {
  test.each([
    ['a wrong type', { client: { name: 17 } }, 'invalid', 'form.client.name'],
    ['an unknown field', { client: { nickname: 'x' } }, 'unknownField', 'form.client.nickname'],
    ['an unknown field at the top', { surprise: true }, 'unknownField', 'form.surprise'],
    [
      'a credit code whose check character is wrong',
      { client: { uscc: '91420100MAEXAMPL8N' } },
      'badUscc',
      'form.client.uscc',
    ],
    ['a negative amount', { expectedSubsequentYuan: '-1.00' }, 'badAmount', 'form.expectedSubsequentYuan'],
    ['an amount finer than a fen', { expectedSubsequentYuan: '1.001' }, 'badAmount', 'form.expectedSubsequentYuan'],
    [
      'an amount beyond 10^16 fen',
      { expectedSubsequentYuan: '100000000000000.01' },
      'badAmount',
      'form.expectedSubsequentYuan',
    ],
    ['an amount that is a number', { expectedSubsequentYuan: 100 }, 'invalid', 'form.expectedSubsequentYuan'],
    ['a day that does not exist', { intent: { date: '2026-02-30' } }, 'invalid', 'form.intent.date'],
    ['a region code with letters', { client: { territory: ['42000X'] } }, 'invalid', 'form.client.territory.0'],
    ['a NUL character', { client: { name: 'a\0b' } }, 'invalid', 'form.client.name'],
    ['half of a surrogate pair', { client: { name: '\ud800' } }, 'invalid', 'form.client.name'],
    ['another unit’s name', { recommendingUnit: '华东分公司' }, 'invalid', 'form.recommendingUnit'],
  ])('%s is refused with its code and its field', async (_what, form, code, field) => {
    expect(refusal(await draft(form))).toEqual([422, code, field]);
  });

  test('the largest amount there may be is taken', async () => {
    expect((await draft({ expectedSubsequentYuan: '100000000000000.00' })).status).toBe(201);
  });

  test('several faults are told at once, each with its field', async () => {
    const { body } = await draft({ client: { uscc: 'short', name: 17 }, surprise: 1 });
    expect(body.faults.map((fault: { code: string; field: string }) => [fault.code, fault.field]).sort()).toEqual([
      ['badUscc', 'form.client.uscc'],
      ['invalid', 'form.client.name'],
      ['unknownField', 'form.surprise'],
    ]);
  });

  test('__proto__ in a body is an unknown field like any other and changes nothing', async () => {
    const raw = '{"form":{"__proto__":{"polluted":true}}}';
    const answer = await api.post('/recommendations', { as, raw, headers: { 'Content-Type': 'application/json' } });
    expect(answer.status).toBeLessThan(500);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('a refusal is worded in Chinese or English as the caller asks', async () => {
    const zh = await api.post('/recommendations', {
      as,
      body: { form: { expectedSubsequentYuan: '-1.00' } },
      headers: { 'Accept-Language': 'zh-CN' },
    });
    expect(zh.body.detail).toBe('金额有误（不能为负数）：须为非负数、精确到分、不超过10^14元。请更正后重新填写。');
    const en = await draft({ expectedSubsequentYuan: '-1.00' });
    expect(en.body.detail).toContain('it is negative');
  });
});

describe('ids, cursors and addresses', () => {
  test.each([
    ['/cases/nobody'],
    ['/cases/%00'],
    ['/cases/%ff'],
    [`/cases/${'x'.repeat(500)}`],
    ["/cases/1'%20OR%201=1"],
    ['/recommendations/nobody'],
    ['/tasks/nobody'],
    ['/accounts/nobody'],
    ['/clients/nobody'],
    ['/attachments/nobody'],
    ['/policies/999'],
    ['/nowhere'],
  ])('%s is not found', async (path) => {
    const [status, code] = refusal(await api.get(path, { as }));
    expect([status, code]).toEqual([404, 'notFound']);
  });

  test('a case of another unit is not told apart from one that is not', async () => {
    const caseId = await newDraft();
    const foreign = await api.get(`/cases/${caseId}`, { as: 'east-submitter' });
    const missing = await api.get(`/cases/${randomUUID()}`, { as: 'east-submitter' });
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...missing.body, requestId: '' });
  });

  test.each([['cursor=garbage'], ['limit=0'], ['limit=100000'], ['box=theirs'], ['surprise=1']])(
    'the inbox asked with %s is refused, naming the field',
    async (query) => {
      const [status, , field] = refusal(await api.get(`/tasks?${query}`, { as }));
      expect([status, field]).toEqual([422, query.split('=')[0]]);
    },
  );
});

describe('editing a draft', () => {
  const edit = (caseId: string, headers: Record<string, string>) =>
    api.put(`/recommendations/${caseId}`, { as, body: { form: {} }, headers });

  test('needs the version it replaces', async () => {
    expect(refusal(await edit(await newDraft(), {}))).toEqual([428, 'preconditionRequired', undefined]);
  });

  test('with a stale version changes nothing', async () => {
    const caseId = await newDraft();
    expect((await edit(caseId, { 'If-Match': '"1"' })).headers.get('ETag')).toBe('"2"');
    expect(refusal(await edit(caseId, { 'If-Match': '"1"' })).slice(0, 2)).toEqual([412, 'draftChanged']);
    expect(refusal(await edit(caseId, { 'If-Match': 'soon' })).slice(0, 2)).toEqual([412, 'draftChanged']);
    expect((await api.get(`/recommendations/${caseId}`, { as })).headers.get('ETag')).toBe('"2"');
  });

  test('is its submitter’s alone', async () => {
    const caseId = await newDraft();
    const answer = await api.put(`/recommendations/${caseId}`, {
      as: 'central-head',
      body: { form: {} },
      headers: { 'If-Match': '"1"' },
    });
    expect(refusal(answer).slice(0, 2)).toEqual([403, 'forbidden']);
  });
});

describe('submitting', () => {
  const submit = (caseId: string, body: object = {}) => api.post(`/recommendations/${caseId}/submit`, { as, body });

  // Article 10: complete, true and accurate.
  test('an unfinished form lists every field it lacks', async () => {
    const { body: created } = await draft({ client: { name: '某示例公司' } });
    const answer = await submit(created.caseId);
    expect(refusal(answer).slice(0, 2)).toEqual([422, 'missing']);
    expect(answer.body.detail).toContain('Contact');
    expect(created.missing).toContain('client.contact');
  });

  test('below 100 million says the figure and keeps the draft, unless special consideration is asked for', async () => {
    const form = exampleForm((form) => {
      form.projects = form.projects.slice(0, 2);
      for (const project of form.projects) if (project.countsTowardGrade) project.amountYuan = '99999999.99';
      form.expectedSubsequentYuan = '99999999.99';
    });
    const { body: created } = await draft(form);
    const answer = await submit(created.caseId);
    expect(refusal(answer)).toEqual([422, 'belowStandard', 'expectedSubsequentYuan']);
    expect(answer.body).toMatchObject({ article: '12', params: { amount: '99999999.99' } });
    expect((await api.get(`/cases/${created.caseId}`, { as })).body.state).toBe('draft');
    const special = await submit(created.caseId, { specialConsideration: { reason: '战略意义' } });
    expect(special.status).toBe(200);
  });

  test('a client in progress elsewhere is refused without telling whose it is', async () => {
    const form = exampleForm();
    const first = await draft(form);
    expect((await submit(first.body.caseId)).status).toBe(200);
    const theirs = { ...form, recommendingUnit: '华东分公司' };
    const second = await api.post('/recommendations', { as: 'east-submitter', body: { form: theirs } });
    const answer = await api.post(`/recommendations/${second.body.caseId}/submit`, {
      as: 'east-submitter',
      body: { outsideTerritoryReason: '客户邀请' },
    });
    expect(refusal(answer).slice(0, 2)).toEqual([409, 'clientInProgress']);
    expect(JSON.stringify(answer.body)).not.toMatch(/华中|central/i);
  });
});

describe('the Idempotency-Key', () => {
  test('is required on writes', async () => {
    const answer = await api.post('/recommendations', { as, body: { form: {} }, headers: { 'Idempotency-Key': '' } });
    expect(refusal(answer)).toEqual([400, 'keyRequired', undefined]);
  });

  test('gives the same answer to the same request, and makes nothing twice, even at once', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = { form: exampleForm() };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.post('/recommendations', { as, body, headers })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.caseId)).size).toBe(1);
  });

  test('with another body is refused', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    await api.post('/recommendations', { as, body: { form: {} }, headers });
    const answer = await api.post('/recommendations', { as, body: { form: { proposedGrade: 'branch' } }, headers });
    expect(refusal(answer).slice(0, 2)).toEqual([422, 'keyReused']);
  });
});

describe('files', () => {
  async function upload(name: string, content: string | Uint8Array<ArrayBuffer>, fields: Record<string, string>) {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.set(key, value);
    form.set('file', new Blob([content]), name);
    return api.post('/attachments', { as, raw: form });
  }
  const pdf = '%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n';

  test('a file is kept and given back as it was', async () => {
    const caseId = await newDraft();
    const answer = await upload('合作意向书（扫描件）.pdf', pdf, { caseId, purpose: 'intent' });
    expect([answer.status, answer.body.name]).toEqual([201, '合作意向书（扫描件）.pdf']);
    const back = await api.get(`/attachments/${answer.body.id}`, { as });
    expect(back.body).toBe(pdf);
    expect((await api.get(`/attachments/${answer.body.id}`, { as: 'east-submitter' })).status).toBe(404);
  });

  test('a file whose type lies is refused and not kept', async () => {
    const caseId = await newDraft();
    const answer = await upload(
      '纪要.pdf',
      Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
      { caseId, purpose: 'intent' },
    );
    expect(refusal(answer).slice(0, 2)).toEqual([422, 'fileTypeMismatch']);
    expect((await api.get(`/cases/${caseId}/attachments`, { as })).body.items).toEqual([]);
  });

  test('a program is refused', async () => {
    const answer = await upload('install.exe', 'MZ\u0000', { caseId: await newDraft(), purpose: 'other' });
    expect(refusal(answer).slice(0, 2)).toEqual([422, 'fileTypeRefused']);
  });

  test('a file beyond the limit is refused', async () => {
    const answer = await upload('big.pdf', pdf + 'x'.repeat(1024 * 1024), {
      caseId: await newDraft(),
      purpose: 'other',
    });
    expect(refusal(answer).slice(0, 2)).toEqual([413, 'tooLarge']);
  });

  test('a form without a file, with an unknown field, or that is no form is refused', async () => {
    const caseId = await newDraft();
    const empty = new FormData();
    empty.set('caseId', caseId);
    expect(refusal(await api.post('/attachments', { as, raw: empty }))).toEqual([422, 'missing', 'file']);
    const unknown = await upload('a.pdf', pdf, { caseId, purpose: 'other', surprise: '1' });
    expect(refusal(unknown)).toEqual([422, 'unknownField', 'surprise']);
    expect(refusal(await api.post('/attachments', { as, body: {} })).slice(0, 2)).toEqual([415, 'unsupportedMedia']);
    const broken = await api.post('/attachments', {
      as,
      raw: 'garbage',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    });
    expect(refusal(broken)[0]).toBeLessThan(500);
  });

  test('a form that breaks off within its file is refused, leaves nothing and ends nothing', async () => {
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const caseId = await newDraft();
    const part = (named: string, value: string) => `--x\r\nContent-Disposition: form-data; ${named}\r\n\r\n${value}`;
    const fields = `${part('name="caseId"', caseId)}\r\n${part('name="purpose"', 'other')}\r\n`;
    for (const size of [3, 300_000]) {
      const raw = fields + part('name="file"; filename="a.txt"', 'a'.repeat(size));
      expect(refusal(await api.post('/attachments', { as, raw, headers }))[1]).toBe('malformed');
    }
    expect((await api.get(`/cases/${caseId}/attachments`, { as })).body.items).toEqual([]);
  });

  test('another’s case takes no file', async () => {
    const form = new FormData();
    form.set('caseId', await newDraft());
    form.set('purpose', 'other');
    form.set('file', new Blob([pdf]), 'a.pdf');
    expect(refusal(await api.post('/attachments', { as: 'east-submitter', raw: form })).slice(0, 2)).toEqual([
      404,
      'notFound',
    ]);
  });
});

describe('policy and calendars', () => {
  test('a policy version takes effect later, never backwards, and names a bad value', async () => {
    const { body: current } = await api.get('/policies/current', { as: 'office-head' });
    const values = Object.fromEntries(
      current.values.map(({ key, value }: { key: string; value: unknown }) => [key, value]),
    );
    const set = (change: object, who = 'office-head') =>
      api.post('/policies', {
        as: who,
        body: { note: '调整', effectiveFrom: '2099-01-01T00:00:00Z', values, ...change },
      });
    expect((await set({})).status).toBe(201);
    expect(refusal(await set({ effectiveFrom: '2020-01-01T00:00:00Z' }))).toEqual([422, 'invalid', 'effectiveFrom']);
    expect(refusal(await set({ values: { ...values, tieBreak: 'coin' } })).slice(0, 2)).toEqual([422, 'invalid']);
    expect(refusal(await set({}, 'office-clerk-1')).slice(0, 2)).toEqual([403, 'forbidden']);
  });

  test('a calendar with a day that does not exist is refused, naming it', async () => {
    const years = { 2027: { off: ['2027-02-30'], work: [] } };
    const answer = await api.post('/calendars', { as: 'office-head', body: { version: 'x', source: 'x', years } });
    expect(refusal(answer).slice(0, 2)).toEqual([422, 'invalid']);
    expect(answer.body.field).toContain('2027');
  });
});

test('requests beyond the limit are told to wait', async () => {
  const limited = await startApi(company, (deps) => ({ ...deps, limits: { ...deps.limits, clientCheck: 2 } }));
  const check = () => limited.post('/clients/check', { as, body: { name: '云澜示例' } });
  expect([(await check()).status, (await check()).status]).toEqual([200, 200]);
  const answer = await check();
  expect(refusal(answer).slice(0, 2)).toEqual([429, 'rateLimited']);
  expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
});

describe('with PostgreSQL away', async () => {
  // A door before PostgreSQL that can be shut.
  const target = new URL(company.databaseUrl);
  const { port, hostname } = target;
  const open = new Set<Socket>();
  let isShut = false;
  let isSilent = false;
  const door = createServer((socket) => {
    if (isSilent) return void open.add(socket.on('error', () => {}));
    if (isShut) return socket.destroy();
    const behind = connect(Number(port), hostname);
    for (const end of [socket, behind]) {
      open.add(end);
      end.on('error', () => {}).on('close', () => open.delete(end));
    }
    socket.pipe(behind).pipe(socket);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  target.port = String(typeof address === 'object' ? address?.port : '');
  const database = connectDatabase(target.href);
  const away = await startApi(company, (deps) => ({ ...deps, ...database }));
  afterAll(async () => {
    isShut = false;
    await database.close();
    door.close();
  });

  test('every request is answered 503 with Retry-After while it is away or says nothing, and goes on when it is back', async () => {
    expect((await away.get('/me', { as })).status).toBe(200);
    isShut = true;
    for (const socket of open) socket.destroy();
    for (const ask of [
      () => away.get('/me', { as }),
      () => away.get('/units', { as }),
      () => away.post('/recommendations', { as, body: { form: {} } }),
    ]) {
      const { status, body, headers } = await ask();
      expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'unavailable', '5']);
    }
    expect((await away.get('//readyz')).status).toBe(503);
    expect((await away.get('//healthz')).status).toBe(200);
    isSilent = true;
    // Answered while nobody answers it: it does not wait for the database to come back.
    expect((await away.get('/me', { as })).body.code).toBe('unavailable');
    [isShut, isSilent] = [false, false];
    for (const socket of open) socket.destroy();
    expect((await away.get('/me', { as })).status).toBe(200);
  });

  test('reads made with Prisma say so too', async () => {
    isShut = true;
    for (const socket of open) socket.destroy();
    const { refusalOf } = await import('../../api/problems.ts');
    const error = await database.prisma.unit.findMany().then(
      () => null,
      (cause: unknown) => cause,
    );
    expect(refusalOf(error).code).toBe('unavailable');
    isShut = false;
  });
});

test('nothing refused left half an effect behind', async () => {
  const orphans = await prisma.case.findMany({ where: { facts: { none: {} } } });
  expect(orphans).toEqual([]);
});
