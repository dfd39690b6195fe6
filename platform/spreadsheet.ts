import { Worker } from 'node:worker_threads';
import { DomainError } from '../domain/errors.ts';
import type { ReadAnswer, SpreadsheetLimits } from './spreadsheetReader.ts';

/** One sheet: its rows from the first on, each cell as text. A date is `YYYY-MM-DD`, a number is in plain decimals, an empty cell is ''. */
export type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] };

/** What a table may be at most (系统默认): bytes unpacked, rows and columns of all its sheets. */
export const spreadsheetLimits: SpreadsheetLimits = { unpackedBytes: 64 * 1024 * 1024, rows: 10_001, columns: 100 };

const MEMORY_MB = 512;
/** Files that are read at once; whoever brings another waits. */
const MOST_AT_ONCE = 2;
const MOST_MS = 30_000;

/**
 * Reads a workbook (.xlsx) or a table (.csv in UTF-8 or GB 18030), in a thread of its own whose memory and time are bounded: whatever
 * a file does, the process that asked goes on.
 * @throws DomainError `invalid` for what is no such file, `tooLarge` for more than the limits
 */
export async function readSpreadsheet(
  bytes: Uint8Array,
  extension: 'xlsx' | 'csv',
  limits: SpreadsheetLimits = spreadsheetLimits,
): Promise<readonly Sheet[]> {
  const answer = await inTurn(() => inThread(bytes, extension, limits));
  if ('sheets' in answer) return answer.sheets;
  if (answer.refused === 'unreadable')
    throw new DomainError('invalid', { field: 'file', reason: 'unreadableTable' }, 'file');
  throw new DomainError('tooLarge', { limit: answer.limit }, 'file');
}

let atWork = 0;
const waiting: (() => void)[] = [];

async function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  if (atWork < MOST_AT_ONCE) atWork += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else atWork -= 1;
  }
}

function inThread(bytes: Uint8Array, extension: string, limits: SpreadsheetLimits): Promise<ReadAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./spreadsheetReader.ts', import.meta.url), {
      workerData: { bytes, extension, limits },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      // It needs neither the settings nor the secrets of the process.
      env: {},
      execArgv: [],
    });
    const end = (answer: ReadAnswer) => worker.terminate().then(() => resolve(answer), reject);
    const late = setTimeout(() => {
      end({ refused: 'tooLarge', limit: `${MOST_MS / 1000} s` });
    }, MOST_MS);
    worker.once('message', (answer: ReadAnswer) => {
      clearTimeout(late);
      end(answer);
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ refused: 'tooLarge', limit: `${MEMORY_MB} MB` });
      else reject(error);
    });
  });
}
