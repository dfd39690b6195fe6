import { yuanFromFen } from '../../domain/money.ts';
import { policyUnit } from '../../domain/policyShape.ts';
import { amountText } from '../format.ts';
import type { Words } from '../words.ts';

/** A policy value as people read it: amounts in 亿元, fractions as such, what is counted with its unit. */
export function policyText(key: string, value: unknown, { t, named, language }: Words): string {
  if (key.endsWith('Fen') && typeof value === 'string') return amountText(yuanFromFen(BigInt(value)), language);
  if (Array.isArray(value)) return `${value[0]}/${value[1]}`;
  if (typeof value === 'boolean') return t(value ? 'word.yes' : 'word.no');
  if (typeof value === 'number') return t(`policy.count.${policyUnit(key)}`, { count: value });
  return named(`policy.${key}`, String(value));
}
