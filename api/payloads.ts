import type { DataConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { placesIn } from '../platform/log.ts';

type Payload = temporal.api.common.v1.IPayload;

/** What stands in place of what may not be shown. */
export const HIDDEN = '[withheld]';

/** Ids, codes, instants: what the engine itself writes into Temporal. Whatever else is found there was put there by others. */
const ID_OR_CODE = /^[\w.:/+#@-]{0,200}$/;
/** What a decision given by signal is made of: a sealed vote, an opinion, the reference that permits it. */
const DECISION = ['action', 'body', 'choice', 'reference', 'reason', 'opinion', 'signal'];

/**
 * A decoded value as an administrator may see it, in the console and in Temporal's own pages alike: ids, codes and figures. A text, and
 * anything a decision by signal is made of, is withheld, for it may be a sealed vote or confidential (Article 11).
 */
export function shown(value: unknown): unknown {
  if (typeof value === 'string') return ID_OR_CODE.test(value) ? value : HIDDEN;
  if (Array.isArray(value)) return value.map(shown);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  if (entries.some(([name]) => DECISION.includes(name))) return HIDDEN;
  if (isFailure(value)) return { message: shown(value.message), stack_trace: placesIn(value.stack_trace).join('\n') };
  return Object.fromEntries(entries.map(([name, inner]) => [ID_OR_CODE.test(name) ? name : HIDDEN, shown(inner)]));
}

/** What the failure converter encrypts of a failure: its message may quote what it is about, its stack only names places in the program. */
const isFailure = (value: object): value is { message: string; stack_trace: string } =>
  'stack_trace' in value && typeof value.stack_trace === 'string' && Object.keys(value).length === 2;

/** Opens payloads, and shows of them what may be shown. What does not decode is told by its encoding. */
export function payloadReader({ payloadCodecs = [] }: DataConverter): (payload: Payload) => Promise<unknown> {
  return async (payload) => {
    let [plain] = [payload];
    for (const codec of payloadCodecs.toReversed())
      [plain = payload] = await codec.decode([plain]).catch(() => [payload]);
    const encoding = Buffer.from(plain.metadata?.encoding ?? []).toString();
    if (encoding === 'binary/null') return null;
    if (!encoding.startsWith('json/')) return { encoding };
    try {
      return shown(JSON.parse(Buffer.from(plain.data ?? []).toString('utf8')));
    } catch {
      return { encoding };
    }
  };
}
