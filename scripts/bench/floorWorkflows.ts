import { allHandlersFinished, condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';

export const nothing = defineUpdate<void>('nothing');
export const go = defineSignal('go');

/** A workflow whose Update does nothing (F2); it ends when it is told to. */
export async function updated(): Promise<void> {
  let ended = false;
  setHandler(nothing, () => {});
  setHandler(go, () => {
    ended = true;
  });
  await condition(() => ended);
}

/** A workflow that starts, takes one Signal and ends (F3). */
export async function signalled(): Promise<void> {
  let told = false;
  setHandler(go, () => {
    told = true;
  });
  await condition(() => told);
}

/** A workflow that starts, takes one Update and ends (F4). */
export async function updatedOnce(): Promise<void> {
  let isUpdated = false;
  setHandler(nothing, () => {
    isUpdated = true;
  });
  await condition(() => isUpdated && allHandlersFinished());
}
