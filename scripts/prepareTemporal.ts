// npm run prepare-temporal: makes a Temporal of one's own ready for this system: the namespace where it is missing, its search attributes,
// how long closed executions stay. It may run again at any time. Temporal Cloud: these are set in its own console.
import { configOrExit } from '../platform/config.ts';
import { connectionFault, describeConnectionFault } from '../platform/connectionFault.ts';
import { connectToTemporal } from '../platform/temporal.ts';
import { ensureNamespace, ensureSearchAttributes, setRetention } from '../platform/temporalNamespace.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';

const config = configOrExit();
const { temporalAddress, temporalNamespace, temporalRetentionDays } = config;
if (temporalAddress === null) {
  console.error('TEMPORAL_ADDRESS: should name the Temporal to prepare (the embedded one is prepared by npm start).');
  process.exit(1);
}
try {
  const connection = await connectToTemporal({ ...config, temporalAddress });
  try {
    await ensureNamespace(connection, temporalNamespace, temporalRetentionDays);
    await ensureSearchAttributes(connection, temporalNamespace, searchAttributes);
    await setRetention(connection, temporalNamespace, temporalRetentionDays);
  } finally {
    await connection.close();
  }
  console.log(`Namespace ${temporalNamespace} is ready: ${Object.keys(searchAttributes).join(', ')}.`);
} catch (cause) {
  const isConnection = connectionFault(cause) !== 'other';
  console.error(isConnection ? describeConnectionFault('Temporal', temporalAddress, cause) : (cause as Error).message);
  process.exit(1);
}
