import helpers from '@temporalio/common/lib/internal-non-workflow/extstore-helpers.js';

/**
 * Leaves payloads that refer to an external storage to the codec, which takes them for what they are to us: undecodable. There is no
 * such storage here, but the SDK (1.24) looks for such references before the codec sees anything and throws, so that one signal made
 * by hand with that encoding fails the workflow task for ever and blocks its case. No option turns that off; hence this hand on the
 * SDK's inside, which `test/integration/codec.test.ts` holds against each new version.
 */
export function leaveStorageReferencesToCodec(): void {
  Object.assign(helpers, { isReferencePayload: () => false });
}
