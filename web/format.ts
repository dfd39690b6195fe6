import { display, fenFromYuan } from '../domain/money.ts';
import type { Language } from './preferences.ts';

/** Everything the company does happens in its own time, wherever the reader's device is. */
const ZONE = 'Asia/Shanghai';

/** An amount of JSON (yuan with two decimals) as people read it: 万元 and 亿元, or millions in English. Exact, never rounded. */
export function amountText(yuan: string, language: Language): string {
  const amount = fenFromYuan(yuan);
  if (!amount.ok) return yuan;
  if (language === 'zh-CN') return display(amount.fen);
  const millions = amount.fen / 100_000_000n;
  const rest = (amount.fen % 100_000_000n).toString().padStart(8, '0').replace(/0+$/, '');
  return `CNY ${millions.toLocaleString('en')}${rest === '' ? '' : `.${rest}`} million`;
}

/** Day and time to the minute, as 2026-11-23 16:30. */
export function momentText(iso: string | null | undefined): string {
  if (!iso) return '—';
  return new Date(iso).toLocaleString('sv-SE', { timeZone: ZONE, dateStyle: 'short', timeStyle: 'short' });
}

/** A due time: deadlines end at 24:00, which is told as the day itself. */
export function dueText(iso: string): string {
  const end = new Date(iso).getTime();
  const time = new Date(end).toLocaleTimeString('sv-SE', { timeZone: ZONE });
  return time === '00:00:00' ? `${dayText(new Date(end - 1).toISOString())} 24:00` : momentText(iso);
}

export function dayText(iso: string | null | undefined): string {
  if (!iso) return '—';
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  return new Date(iso).toLocaleDateString('sv-SE', { timeZone: ZONE });
}

/** Sizes of files, in KB and MB of 1024. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(0)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
