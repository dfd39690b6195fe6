import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What something comes from: the request that brought it about, and the span of the trace it goes on in, as W3C's traceparent. Null for
 * what time alone brings about, and where no traces are kept.
 */
export type Origin = { readonly requestId: string | null; readonly traceParent: string | null };

export const UNKNOWN_ORIGIN: Origin = { requestId: null, traceParent: null };
const underWay = new AsyncLocalStorage<Origin>();

/** What that which is under way comes from. */
export const origin = (): Origin => underWay.getStore() ?? UNKNOWN_ORIGIN;

/** Does `work` as something that comes from `from`, with everything it awaits. */
export const comingFrom = <Result>({ requestId, traceParent }: Origin, work: () => Result): Result =>
  underWay.run({ requestId, traceParent }, work);

/** As the log names it. */
export const originFields = ({ requestId, traceParent }: Origin) => ({
  ...(requestId === null ? {} : { requestId }),
  ...(traceParent === null ? {} : { traceId: traceParent.split('-')[1] }),
});
