import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allContracts } from '../../cases/contracts.ts';
import { lives } from '../../cases/lives.ts';
import '../../cases/processes.ts';
import { scheduledWorkflows } from '../../worker/schedules.ts';

/** The names of all workflows the worker runs. */
function workflowTypes(): string[] {
  const index = readFileSync(new URL('../../workflows/index.ts', import.meta.url), 'utf8');
  return [...index.matchAll(/^export \{ (.+?) \}/gm)].flatMap(([, names]) => String(names).split(', ')).sort();
}

test('every workflow is a case’s, another life’s, or begun by the calendar: nothing runs that verify and restore do not know', () => {
  const processes = allContracts().map(({ process }) => process);
  const kinds = lives.map(({ kind }) => kind);
  expect([...processes, ...kinds, ...scheduledWorkflows].sort()).toEqual(workflowTypes());
});
