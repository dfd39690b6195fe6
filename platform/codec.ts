import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import { undecodable } from '../domain/undecodable.ts';
import { aad, DecryptionError, open, seal } from './cipher.ts';
import type { KeyStore } from './keyStore.ts';

// The package is CommonJS: plain Node finds no named export in it.
const { temporal } = proto;

/** Who decodes: a worker is sent signals, in which anything may stand; a client reads only what this system wrote. */
export type CodecSide = 'worker' | 'client';

const SCOPE = 'temporal';
const ENCRYPTED = 'binary/encrypted';
const JSON_PLAIN = 'json/plain';
const BINARY_PLAIN = ['binary/null', 'binary/plain'];
/** JSON.parse takes any depth, JSON.stringify does not: a deeper signal could be read, and then not be passed to an activity. */
const DEEPEST = 64;
const PLACE = aad('temporal', 'payload', '');
const { Payload: PayloadMessage } = temporal.api.common.v1;

/**
 * Encrypts all that Temporal keeps. Plain payloads are let through on decoding, so that `temporal workflow signal` by hand and other
 * systems can reach a workflow. What cannot be decoded is a DecryptionError; but for a worker, in what belongs to a workflow, it
 * becomes the marker `{"undecodable": true}`, because there it may be a signal's. Errors of the key store itself are thrown either
 * way: the task is then tried again, and nothing is taken for garbage because a disk was away.
 */
export function encryptionCodec(keys: KeyStore, side: CodecSide): PayloadCodec {
  return {
    async encode(payloads) {
      const key = await keys.getOrCreate(SCOPE);
      return payloads.map((payload) => ({
        metadata: { encoding: Buffer.from(ENCRYPTED), 'encryption-key-id': Buffer.from(key.id) },
        data: seal(key, PayloadMessage.encode(payload).finish(), PLACE),
      }));
    },
    async decode(payloads, context) {
      const key = await keys.getOrCreate(SCOPE);
      const marks = side === 'worker' && mayBeSignal(context);
      return payloads.map((payload) => {
        try {
          return readable(encodingOf(payload) === ENCRYPTED ? decrypt(payload) : payload);
        } catch (error) {
          if (marks && error instanceof DecryptionError) return marker();
          throw error;
        }
      });

      function decrypt(payload: Payload): Payload {
        const bytes = open(key, payload.data, PLACE);
        return PayloadMessage.decode(bytes);
      }
    },
  };
}

/** The SDK does not say which payloads are a signal's, only whether they are an activity's. */
function mayBeSignal(context: SerializationContext | undefined): boolean {
  return context?.type !== 'activity';
}

function encodingOf(payload: Payload): string {
  const encoding = payload.metadata?.encoding;
  return encoding ? Buffer.from(encoding).toString('utf8') : '';
}

/** Throws unless the payload converter will be able to read it: it runs inside the workflow, where its error would block the case. */
function readable(payload: Payload): Payload {
  const encoding = encodingOf(payload);
  if (BINARY_PLAIN.includes(encoding)) return payload;
  if (encoding !== JSON_PLAIN) throw new DecryptionError('unknownFormat');
  if (nestsDeeper(parse(payload.data), DEEPEST)) throw new DecryptionError('malformed');
  return payload;
}

function parse(data: Uint8Array | null | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data ?? undefined));
  } catch {
    throw new DecryptionError('malformed');
  }
}

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => nestsDeeper(member, levels - 1));
}

function marker(): Payload {
  return { metadata: { encoding: Buffer.from(JSON_PLAIN) }, data: Buffer.from(JSON.stringify(undecodable)) };
}
