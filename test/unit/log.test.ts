import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { createLog, type LogFields, requestIdFrom, temporalLogger } from '../../platform/log.ts';

const SECRET = 'SECRET-家庭住址';

function listen(level: 'debug' | 'info' = 'debug') {
  const lines: string[] = [];
  const log = createLog(level, { service: 'api' }, { write: (line) => void lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) as string) };
}

describe('a line', () => {
  test('carries its level, its time, its text and the fields of its log', () => {
    const { log, last } = listen();
    log.with({ requestId: 'r-1', caseId: 'c1' }).info('decision recorded', { taskId: 't1', seq: 7, durationMs: 1.5 });
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      service: 'api',
      requestId: 'r-1',
      caseId: 'c1',
      taskId: 't1',
      seq: 7,
      durationMs: 1.5,
      msg: 'decision recorded',
    });
  });

  test('below the level is not written', () => {
    const { log, lines } = listen('info');
    log.debug('not this');
    expect(lines).toEqual([]);
  });

  test('shows no field that is not on the list, on a line or on its log', () => {
    const { log, last } = listen();
    const strange = { phone: SECRET, comment: SECRET, body: { name: SECRET } } as LogFields;
    log.with(strange).info('read', strange);
    expect(Object.keys(last()).sort()).toEqual(['level', 'msg', 'service', 'time']);
  });

  // Article 11.
  test('shows no value that is no id, code or figure', () => {
    const { log, lines } = listen();
    for (const value of [SECRET, 'two words', 'a@b.example', 'x'.repeat(201), { name: SECRET }, [SECRET]]) {
      log.info('read', { caseId: value } as LogFields);
      expect(JSON.parse(lines.at(-1) as string).caseId).toBe('[withheld]');
    }
    expect(lines.join('')).not.toContain('SECRET');
  });

  test('shows no text that is not plain English', () => {
    const { log, last } = listen();
    log.info(`read ${SECRET}`);
    expect(last().msg).toBe('[withheld]');
  });
});

describe('an error', () => {
  test('is shown by name, code and place, with its causes, and never by its message', () => {
    const { log, lines, last } = listen();
    const cause = Object.assign(new TypeError(SECRET), { code: '23505', constraint: 'one_open', detail: SECRET });
    log.error(
      'failed',
      { caseId: 'c1' },
      new Error(`first line ${SECRET}\n    at (/${SECRET}:1:1)\nlast ${SECRET}`, { cause }),
    );
    expect(lines.join('')).not.toContain('SECRET');
    expect(last().error).toMatchObject({
      name: 'Error',
      cause: { name: 'TypeError', code: '23505', constraint: 'one_open' },
    });
    expect(last().error.stack[0]).toMatch(/^at .*log\.test\.ts:\d+:\d+\)?$/);
    expect(last().error.cause.stack[0]).toMatch(/log\.test\.ts/);
  });

  test('whose message was changed after it was made still shows none of it', () => {
    const { log, lines } = listen();
    const error = new Error(`made ${SECRET}\nof two lines ${SECRET}`);
    error.message = 'changed';
    log.error('failed', {}, error);
    expect(lines.join('')).not.toContain('SECRET');
  });

  test('that is its own cause, or no error at all, is shown too', () => {
    const { log, lines, last } = listen();
    const ring = new Error('x');
    ring.cause = ring;
    log.error('failed', {}, ring);
    log.error('failed', {}, SECRET);
    expect(lines).toHaveLength(2);
    expect(last().error).toEqual({ name: 'string' });
  });
});

test('what the Temporal SDK logs of a failed workflow shows its code and not its message', () => {
  const { log, lines, last } = listen();
  const logger = temporalLogger(log);
  logger.log('WARN', 'Workflow failed', {
    workflowId: 'recommendation:c1',
    workflowType: 'recommendation',
    error: ApplicationFailure.nonRetryable(SECRET, 'refused', SECRET),
    args: [SECRET],
  });
  expect(last()).toMatchObject({ level: 'warn', workflowId: 'recommendation:c1', error: { code: 'refused' } });
  expect(lines.join('')).not.toContain('SECRET');
});

test('a request keeps its caller’s id only when that is a plain one', () => {
  expect(requestIdFrom('0af7651916cd43dd')).toBe('0af7651916cd43dd');
  for (const header of [undefined, '', 'short', 'with space in it', `x\n${SECRET}`, 'x'.repeat(65)]) {
    expect(requestIdFrom(header)).toMatch(/^[0-9a-f]{8}-/);
  }
});

test.runIf(existsSync('/dev/full'))(
  'a log that cannot be written, on a full disk, does not end its process',
  async () => {
    const script = `import { createLog } from ${JSON.stringify(new URL('../../platform/log.ts', import.meta.url).href)};
    createLog('info').info('lost'); setTimeout(() => process.exit(7), 50);`;
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', full, full] });
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(7);
    closeSync(full);
  },
);
