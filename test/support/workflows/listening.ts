import { ApplicationFailure, condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';

const { echo } = proxyActivities<{ echo(text: string): Promise<string> }>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 1 },
});

/** Keeps what it is signalled until `end`, and answers it with its input; `fail` makes it fail with that message instead. */
export async function listening(input: unknown): Promise<{ input: unknown; heard: unknown[]; echoed: string }> {
  const heard: unknown[] = [];
  let ended = false;
  let failure: string | null = null;
  setHandler(defineSignal<[unknown]>('decide'), (value) => {
    heard.push(value);
  });
  setHandler(defineSignal('end'), () => {
    ended = true;
  });
  setHandler(defineSignal<[string]>('fail'), (message) => {
    failure = message;
  });
  await condition(() => ended || failure !== null);
  if (failure !== null) {
    await echo(failure);
    throw ApplicationFailure.nonRetryable(failure, 'refused', { detail: failure });
  }
  return { input, heard, echoed: await echo(String(JSON.stringify(input))) };
}
