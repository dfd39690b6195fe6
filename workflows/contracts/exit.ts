import { addingGrounds, admission } from '../../domain/admission.ts';
import { exitOptions, exit as lifecycle } from '../../domain/exit.ts';
import type { ProcessContract } from '../../domain/process.ts';

/** 年中退出: an account is kept, leaves the list, or cooperation ends, before the year's evaluation (系统默认). */
export const exit = {
  process: 'exit',
  lifecycle,
  numberPrefix: 'X',
  steps: {
    admission: admission('admitExit'),
    supplementing: addingGrounds,
    statement: {
      state: 'statement',
      article: '系统默认',
      tasks: [
        {
          kind: 'stateUnit',
          candidates: 'holdingUnits',
          actions: ['state'],
          due: 'statementDays',
          silence: 'outcome',
        },
        {
          kind: 'stateManager',
          candidates: 'managers',
          actions: ['state'],
          due: 'statementDays',
          silence: 'outcome',
        },
      ],
    },
    deciding: { state: 'deciding', article: '4.6', ballot: { matter: 'byGrade', options: exitOptions } },
  },
} as const satisfies ProcessContract;
