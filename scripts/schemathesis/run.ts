import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

export type Run = {
  readonly url: string;
  /** Of whom the requests are; null: of nobody. */
  readonly token: string | null;
  readonly phases: string;
  /** Requests made up for each operation, beside those that the description itself gives rise to. */
  readonly examples: number;
  readonly seed: number;
  /** Below the limit of one person; null where there is none. */
  readonly perSecond: number | null;
};

/** What is asked of every answer: it is described, in its status, type, headers and body; what does not fit is refused. */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'negative_data_rejection',
  'unsupported_method',
  'allow_header_conformance',
  'use_after_free',
];

const configuration = fileURLToPath(new URL('schemathesis.toml', import.meta.url));

/** A stream never ends; and what would end the very token that asks, or its person. */
const LEFT_OUT = ['events.events', 'sign-in.revokeToken', 'organisation.leave', 'local accounts.reset'];

/** One run of schemathesis against the description a system gives of itself. @returns its exit code and everything it said */
export function runSchemathesis(
  program: string,
  given: Run,
): Promise<{ readonly code: number; readonly output: string }> {
  const args = [
    ...[
      '--config-file',
      configuration,
      'run',
      `${given.url}/openapi.json`,
      '--phases',
      given.phases,
      '--checks',
      CHECKS.join(','),
    ],
    ...['--max-examples', String(given.examples), '--seed', String(given.seed), '--no-shrink', '--no-color'],
    ...['--generation-database', 'none', '--request-timeout', '60', '--continue-on-failure', '--warnings', 'off'],
    ...['--suppress-health-check', 'all'],
    ...(given.perSecond === null ? [] : ['--rate-limit', `${given.perSecond}/s`]),
    ...(given.token === null ? [] : ['--header', `Authorization: Bearer ${given.token}`]),
    ...LEFT_OUT.flatMap((operation) => ['--exclude-operation-id', operation]),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = () => child.kill();
    process.once('exit', stop);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('exit', stop);
      resolve({ code: code ?? 1, output });
    });
  });
}
