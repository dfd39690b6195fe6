// The product's own worker, with the process that is measured beside the others.
import { fileURLToPath } from 'node:url';
import { registerProcess } from '../../cases/processes.ts';
import { runWorker } from '../../worker/run.ts';
import { benchProcess } from './definition.ts';

registerProcess(benchProcess);
await runWorker(fileURLToPath(new URL('workflows.ts', import.meta.url)));
