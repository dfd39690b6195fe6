/** Amounts of money: fen as bigint in memory and storage, strings of yuan with two decimals in JSON. */

import { DomainError } from './errors.ts';

/** The largest amount there is: 10^16 fen, or 100 trillion yuan. */
export const MAX_FEN = 10n ** 16n;

export type AmountProblem = 'negative' | 'finerThanFen' | 'tooLarge' | 'notANumber';
export type Amount =
  | { readonly ok: true; readonly fen: bigint }
  | { readonly ok: false; readonly reason: AmountProblem };

const YUAN_DECIMALS = 2;
const WAN_DECIMALS = 6;
const YI_DECIMALS = 10;

/** Reads yuan written in plain decimals, such as `260200000.00`. */
export function fenFromYuan(text: string): Amount {
  return parse(text, YUAN_DECIMALS);
}

/** The same for a form. @throws DomainError `badAmount` */
export function givenFen(yuan: string): bigint {
  const amount = fenFromYuan(yuan);
  if (!amount.ok) throw new DomainError('badAmount', { reason: amount.reason });
  return amount.fen;
}

/** Reads 万元 (ten thousand yuan), as people type amounts; the sixth decimal is a fen. */
export function fenFromWan(text: string): Amount {
  return parse(text, WAN_DECIMALS);
}

/** Yuan with two decimals, the form of JSON. */
export function yuanFromFen(fen: bigint): string {
  const digits = fen.toString().padStart(YUAN_DECIMALS + 1, '0');
  return `${digits.slice(0, -YUAN_DECIMALS)}.${digits.slice(-YUAN_DECIMALS)}`;
}

/** 万元 without superfluous zeros, the form people edit. */
export function wanFromFen(fen: bigint): string {
  return scaled(fen, WAN_DECIMALS);
}

/**
 * What people read: `8,640万元`, and from 100 million yuan on `2.602亿元`. Exact, never rounded: a rounded sum could seem
 * to reach the line of a grade.
 */
export function display(fen: bigint): string {
  const [decimals, unit] = fen >= 10n ** BigInt(YI_DECIMALS) ? [YI_DECIMALS, '亿元'] : [WAN_DECIMALS, '万元'];
  const [whole = '', fraction] = scaled(fen, decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`}${unit}`;
}

function parse(text: string, decimals: number): Amount {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return { ok: false, reason: 'notANumber' };
  const [, sign, digits = '', fraction = ''] = match;
  const whole = digits.replace(/^0+/, '');
  if (sign === '-') return { ok: false, reason: 'negative' };
  if (/[1-9]/.test(fraction.slice(decimals))) return { ok: false, reason: 'finerThanFen' };
  // The length is looked at first, so that no text however long becomes a number.
  if (whole.length > MAX_FEN.toString().length) return { ok: false, reason: 'tooLarge' };
  const fen = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return fen > MAX_FEN ? { ok: false, reason: 'tooLarge' } : { ok: true, fen };
}

function scaled(fen: bigint, decimals: number): string {
  const digits = fen.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, -decimals) : `${digits.slice(0, -decimals)}.${fraction}`;
}
