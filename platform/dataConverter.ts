import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { type CodecSide, encryptionCodec } from './codec.ts';
import type { KeyStore } from './keyStore.ts';
import { leaveStorageReferencesToCodec } from './storageReference.ts';

/** For `bundleWorkflowCode`: a bundle holds the failure converter it was made with. */
export const failureConverterPath = fileURLToPath(new URL('./failureConverter.ts', import.meta.url));

/** What every Temporal client and worker is given, so that nothing reaches Temporal in plain text. */
export function dataConverter(keys: KeyStore, side: CodecSide): DataConverter {
  leaveStorageReferencesToCodec();
  return { failureConverterPath, payloadCodecs: [encryptionCodec(keys, side)] };
}
