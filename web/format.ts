import { display, fenFromYuan } from '../domain/money.ts';
import type { Language } from './preferences.ts';

/** Everything the company does happens in its own time, wherever the reader's device is: UTC+8, without summer time since 1991. */
const SHANGHAI_MS = 8 * 3_600_000;
const inShanghai = (moment: string | number): string =>
  new Date(new Date(moment).getTime() + SHANGHAI_MS).toISOString();

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
  return inShanghai(iso).slice(0, 16).replace('T', ' ');
}

/** Day and time to the second, for what moves. */
export function secondText(iso: string): string {
  return inShanghai(iso).slice(0, 19).replace('T', ' ');
}

/** A due time: deadlines end at 24:00, which is told as the day itself. */
export function dueText(iso: string): string {
  const end = new Date(iso).getTime();
  return inShanghai(end).slice(11, 19) === '00:00:00'
    ? `${dayText(new Date(end - 1).toISOString())} 24:00`
    : momentText(iso);
}

export function dayText(iso: string | null | undefined): string {
  if (!iso) return '—';
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  return inShanghai(iso).slice(0, 10);
}

/** Sizes of files and disks, in KB, MB and GB of 1024. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${kilobytes.toFixed(0)} KB`;
  const megabytes = kilobytes / 1024;
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A length of time in its two largest units, as 3 天 4 小时; less than a second in milliseconds. */
export function durationText(
  ms: number,
  t: (key: `duration.${(typeof UNITS)[number][0] | 'ms'}`, params: { count: number }) => string,
): string {
  const first = UNITS.findIndex(([, length]) => ms >= length);
  if (first < 0) return t('duration.ms', { count: Math.max(0, Math.round(ms)) });
  let rest = ms;
  const parts: string[] = [];
  for (const [name, length] of UNITS.slice(first, first + 2)) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(t(`duration.${name}`, { count }));
  }
  return parts.join(' ');
}
