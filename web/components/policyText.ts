import { yuanFromFen } from '../../domain/money.ts';
import { amountText } from '../format.ts';
import type { Words } from '../words.ts';

/** A policy value as people read it: amounts in 亿元, fractions as such, days counted. */
export function policyText(key: string, value: unknown, { t, named, language }: Words): string {
  if (key.endsWith('Fen') && typeof value === 'string') return amountText(yuanFromFen(BigInt(value)), language);
  if (Array.isArray(value)) return `${value[0]}/${value[1]}`;
  if (typeof value === 'boolean') return t(value ? 'word.yes' : 'word.no');
  if (typeof value === 'number') return key.endsWith('Days') ? t('policy.days', { count: value }) : String(value);
  return named(`policy.${key}`, String(value));
}
