/** What is put forward about an account by who keeps its file: the office admits it, or returns it for more grounds (Article 3; the rest 系统默认). */
import type { StepSpec } from './process.ts';

/** Whoever put it forward adds grounds. */
export const addingGrounds = {
  state: 'supplementing',
  article: '系统默认',
  tasks: [
    {
      kind: 'addGrounds',
      candidates: 'submitter',
      actions: ['resubmit'],
      due: 'supplementingDays',
      silence: 'outcome',
    },
  ],
} as const satisfies StepSpec;

/** The office looks whether it is to be put to the committee; `kind` is the task's. */
export const admission = (kind: string): StepSpec => ({
  state: 'admission',
  article: '3',
  tasks: [
    {
      kind,
      candidates: 'office',
      actions: ['admit', 'return'],
      barred: 'submitter',
      due: 'screeningDays',
      silence: 'escalate',
    },
  ],
});
