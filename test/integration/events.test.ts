import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Response } from 'express';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { endAbsence, enterAbsence } from '../../cases/absences.ts';
import { CHANNEL } from '../../cases/changes.ts';
import { addComment } from '../../cases/comments.ts';
import { copy } from '../../cases/verbs.ts';
import { addDays, localDay } from '../../domain/calendar.ts';
import { startApi } from '../support/api.ts';
import { startCompany } from '../support/company.ts';
import { type Listener, listen } from '../support/events.ts';
import { uploadOf } from '../support/situations.ts';

const company = await startCompany();
const here = await startApi(company);
const there = await startApi(company);
const { deps } = company;

/** So many at once as nobody who reads falls behind with. */
const ROUND = 1000;
const opened: Listener[] = [];
afterEach(() => {
  for (const listener of opened.splice(0)) listener.close();
});

/** A stream that stands: whatever is committed from now on is told. */
async function stream(as: string, headers?: Record<string, string>, api = here): Promise<Listener> {
  const listener = await listen(api, as, headers);
  opened.push(listener);
  await listener.until(headers?.['Last-Event-ID'] ? 'resync' : 'ready');
  listener.events.length = 0;
  return listener;
}

/** Opens a stream and never reads it. */
function unread({ url, tokens }: Pick<typeof here, 'url' | 'tokens'>, as: string): Socket {
  const { port, host } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1').pause();
  socket.on('error', () => {});
  socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${tokens[as]?.token}\r\n\r\n`);
  return socket;
}

const comment = (caseId: string, personId = 'central-submitter') =>
  addComment(deps, { personId, caseId, text: '已与客户沟通' });

describe('a stream of events', () => {
  test('tells a deputy of the tasks that an absence gives him, and that its end takes back', async () => {
    const deputy = await stream('office-clerk-2');
    const firstDay = localDay(Date.now());
    const { id } = await enterAbsence(deps, {
      byId: 'office-clerk-1',
      personId: 'office-clerk-1',
      firstDay,
      lastDay: addDays(firstDay, 1),
      deputyId: 'office-clerk-2',
    });
    await deputy.until('inbox');
    deputy.events.length = 0;
    await endAbsence(deps, { byId: 'office-clerk-1', id });
    await deputy.until('inbox');
  });

  test('tells of a decision taken through another process: the case, and the inbox of who is asked next', async () => {
    const caseId = await company.submitted();
    const { id } = await company.task(caseId, 'endorse');
    const [clerk, submitter] = [
      await stream('office-clerk-1', {}, there),
      await stream('central-submitter', {}, there),
    ];
    const body = { action: 'endorse', body: {} };
    expect((await here.post(`/tasks/${id}/decisions`, { as: 'central-head', body })).status).toBe(200);
    await Promise.all([clerk.until('inbox'), clerk.until('case', caseId), submitter.until('case', caseId)]);
    const { data } = await submitter.until('case', caseId);
    expect(Object.keys(data).sort()).toEqual(['id', 'seq']);
  });

  test('tells everybody of a change of the organisation, and no more of it than that', async () => {
    const [auditor, other] = [await stream('auditor'), await stream('system-admin', {}, there)];
    const seats: { id: string; kind: string }[] = (await here.get('/seats', { as: 'auditor' })).body.items;
    const appointment = { on: localDay(Date.now()), document: '任免〔2026〕9号' };
    const acts: readonly (() => Promise<{ status: number }>)[] = [
      () => here.post('/persons/engineering-expert/leave', { as: 'security-admin', body: appointment }),
      () =>
        here.post(`/seats/${seats.find(({ kind }) => kind === 'member')?.id}/proposals`, {
          sits: true,
          as: 'security-admin',
          body: {
            personId: 'technology-expert',
            validFrom: '2099-01-01',
            document: '任免〔2026〕9号',
            reason: '任期届满',
          },
        }),
    ];
    for (const act of acts) {
      auditor.events.length = 0;
      other.events.length = 0;
      expect((await act()).status).toBeLessThan(300);
      const told = await Promise.all([auditor.until('organisation'), other.until('organisation')]);
      expect(told.map(({ data }) => data)).toEqual([{}, {}]);
    }
  });

  test('tells of comments, files and copies', async () => {
    const caseId = await company.submitted();
    await company.task(caseId, 'endorse');
    const head = await stream('central-head');
    const told = async (work: () => Promise<unknown>) => {
      head.events.length = 0;
      await work();
      await head.until('case', caseId);
    };
    await told(() => comment(caseId));
    await told(() => here.post('/attachments', { as: 'central-submitter', raw: uploadOf(caseId) }));
    const copied = await stream('technology-expert');
    await copy(deps, { personId: 'central-submitter', caseId, to: ['technology-expert'] });
    await Promise.all([copied.until('inbox'), copied.until('case', caseId)]);
  });

  test('tells a stranger nothing of a case he may not read, until it is copied to him', async () => {
    const hidden = await company.submitted();
    const shown = await company.submitted();
    await Promise.all([company.task(hidden, 'endorse'), company.task(shown, 'endorse')]);
    const stranger = await stream('technology-expert');
    await comment(hidden);
    await company.answer(hidden, 'central-head', 'endorse', 'endorse');
    await company.state(hidden, 'screening');
    await copy(deps, { personId: 'central-submitter', caseId: shown, to: ['technology-expert'] });
    await stranger.until('case', shown);
    await comment(hidden);
    stranger.events.length = 0;
    await comment(shown);
    await stranger.until('case', shown);
    expect(stranger.cases()).not.toContain(hidden);
  });

  test('tells a member nothing more of a case from which his recusal took him', async () => {
    const left = await company.submitted();
    const other = await company.submitted();
    await Promise.all([company.carryTo(left, 'approving'), company.carryTo(other, 'approving')]);
    await company.task(left, 'vote', 'east-head');
    const member = await stream('east-head');
    await comment(left);
    await member.until('case', left);
    await company.answer(left, 'east-head', 'vote', 'recuse', { reason: '与该客户有利害关系' });
    await company.answer(left, 'director', 'decideRecusal', 'accept');
    member.events.length = 0;
    await comment(left);
    await comment(other);
    await member.until('case', other);
    expect(member.cases()).not.toContain(left);
  });

  test('ends with its session, and tells nothing after', async () => {
    const caseId = await company.submitted();
    const answer = await fetch(`${here.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ method: 'demo', personId: 'central-submitter' }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const listener = await stream('central-submitter', { Cookie: cookie });
    await comment(caseId);
    await listener.until('case', caseId);
    await deps.prisma.session.updateMany({ data: { revokedAt: new Date() } });
    await listener.ended;
    const told = listener.events.length;
    await comment(caseId);
    expect(listener.events).toHaveLength(told);
    expect((await listen(here, '', { Cookie: cookie })).response.status).toBe(401);
  });

  test('says that everything is to be read again when announcements were not heard for a while', async () => {
    const listener = await stream('office-clerk-1');
    const { rows } = await deps.pool.query<{ ended: boolean }>(
      `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
       WHERE query LIKE 'LISTEN%' AND datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(rows.length).toBeGreaterThan(0);
    await listener.until('resync');
    const caseId = await company.submitted();
    await company.carryTo(caseId, 'screening');
    await listener.until('case', caseId);
  });

  test('says so too to who comes back', async () => {
    await stream('office-clerk-1', { 'Last-Event-ID': '5' });
  });

  test('is no file and no secret of a proxy: it is not gathered, not kept and not packed', async () => {
    const { response } = await stream('office-clerk-1', { 'Accept-Encoding': 'gzip, br' });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('is opened for a person so many times and no more', async () => {
    const answers = await Promise.all(Array.from({ length: 14 }, () => listen(there, 'auditor')));
    opened.push(...answers);
    const refused = answers.filter(({ response }) => response.status === 429);
    expect(refused).toHaveLength(2);
  });

  test('of who does not read is ended before much is held for him; who reads goes on', async () => {
    const answers = new Map<string, Response>();
    const watched = await startApi(company, (deps) => ({
      ...deps,
      live: {
        ...deps.live,
        open(identity, request, response) {
          answers.set(identity.actor.personId, response);
          deps.live.open(identity, request, response);
        },
      },
    }));
    const reader = await stream('central-head', {}, watched);
    const socket = unread(watched, 'south-deputy');
    const answer = await company.until('his stream', async () => answers.get('south-deputy'));
    const announce = (count: number) =>
      deps.pool.query(`SELECT pg_notify('${CHANNEL}', 'unreadable ' || n) FROM generate_series(1, $1::int) AS n`, [
        count,
      ]);
    await company.until('announcements that are heard', async () => {
      await announce(1);
      return reader.events.length > 0;
    });
    // Each that says nothing readable is told at once, as a resync. The kernel holds some megabytes before the process has to.
    while (!answer.destroyed) {
      const heard = reader.events.length + ROUND;
      await announce(ROUND);
      await company.until('the round', async () => reader.events.length >= heard);
      expect(answer.writableLength).toBeLessThan(128 * 1024);
    }
    socket.destroy();
    const caseId = await company.submitted();
    await company.task(caseId, 'endorse');
    reader.events.length = 0;
    await comment(caseId);
    await reader.until('case', caseId);
  }, 180_000);

  test('ends with its process, which SIGTERM ends by itself although streams are open and one is not read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'approvals-stopping-'));
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../api/main.ts', import.meta.url))], {
      env: {
        ...process.env,
        ...{ NODE_ENV: 'development', LOG_LEVEL: 'info', DATA_DIR: folder, PORT: '0', TEMPORAL_UI_PORT: '0' },
        ...{ DATABASE_URL: company.databaseUrl, TEMPORAL_ADDRESS: inject('temporalAddress') },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
    const port = await new Promise<string>((resolve) => {
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk;
        const found = /"port":(\d+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
    });
    const api = { url: `http://127.0.0.1:${port}`, tokens: here.tokens };
    const reader = await listen(api, 'office-clerk-1');
    await reader.until('ready');
    const socket = unread(api, 'south-deputy');
    // Its first bytes have come, so the stream stands; they stay unread.
    await new Promise((resolve) => socket.once('readable', resolve));
    child.kill('SIGTERM');
    // A stream that was cut instead of ended would reject.
    await reader.ended;
    expect(await ended).toBe(0);
    socket.destroy();
    await rm(folder, { recursive: true, force: true });
  });
});
