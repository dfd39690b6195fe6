import { DefaultFailureConverter } from '@temporalio/common';

/**
 * Moves an error's message and stack into a payload, which the codec encrypts. Loaded by its path: by Node for clients and
 * activities, by the bundler for workflows, so it may import only what both can.
 */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
