import { Runtime } from '@temporalio/worker';
import { createLog, temporalLogger } from '../../platform/log.ts';

/** The Temporal runtime of a test process: silent, unless LOG_LEVEL=debug asks to hear it. Once a process. */
export const testLog = createLog(process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent');
Runtime.install({ logger: temporalLogger(testLog) });
