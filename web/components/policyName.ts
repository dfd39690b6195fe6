import type { PolicyView } from '../../api/contract/policies.ts';
import type { Words } from '../words.ts';

export type PolicyValue = PolicyView['values'][number];

/** What a policy value is called, in the reader's language; its unit stands with the value. */
export const policyName = (value: Pick<PolicyValue, 'zh' | 'en'>, { language }: Words): string =>
  language === 'en' ? value.en : value.zh;

export const policyGroups = ['grading', 'review', 'voting', 'deadlines', 'operation'] as const;
