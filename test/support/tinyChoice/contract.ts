import type { ProcessContract } from '../../../domain/process.ts';
import { choosing as lifecycle } from './lifecycle.ts';

export const choosing = {
  process: 'choosing',
  lifecycle,
  numberPrefix: 'C',
  steps: {
    choosing: {
      state: 'choosing',
      article: '系统默认',
      ballot: { matter: 'ratify', options: ['mild', 'middling', 'grave'] },
    },
  },
} as const satisfies ProcessContract;
