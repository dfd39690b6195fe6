import { join } from 'node:path';
import { startTemporal } from '../../platform/temporalServer.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';

/** A Temporal server of the tests, on a free port, in a folder that whoever starts it removes. */
export const startTestTemporal = (folder: string) =>
  startTemporal({
    folder: join(folder, 'temporal'),
    port: 0,
    uiPort: null,
    namespace: 'default',
    searchAttributes,
    retentionDays: 1,
    logFile: join(folder, 'temporal.log'),
  });
