// The product's own API, with the process that is measured beside the others.
import { registerProcess } from '../../cases/processes.ts';
import { benchProcess } from './definition.ts';

registerProcess(benchProcess);
await import('../../api/main.ts');
