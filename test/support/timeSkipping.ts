import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalBinary } from '../../platform/temporalBinary.ts';
import { addSearchAttributes } from '../../platform/temporalNamespace.ts';
import { searchAttributes } from '../../workflows/contracts/case.ts';

/**
 * A Temporal server whose clock jumps to the next timer while a result is awaited, one a test file: its clock is global, so
 * the tests of a file run one after the other. It has no list of executions and no schedules. Call `teardown()` at the end.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = await temporalBinary('temporal-test-server');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default', searchAttributes);
  return environment;
}
