import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { display, fenFromWan, fenFromYuan, MAX_FEN, wanFromFen, yuanFromFen } from '../../domain/money.ts';

const amounts = fc.bigInt({ min: 0n, max: MAX_FEN });

describe('an amount of yuan', () => {
  test('is read to the fen', () => {
    expect(fenFromYuan('260200000.00')).toEqual({ ok: true, fen: 26_020_000_000n });
    expect(fenFromYuan('0.01')).toEqual({ ok: true, fen: 1n });
    expect(fenFromYuan('7')).toEqual({ ok: true, fen: 700n });
    expect(fenFromYuan('7.5')).toEqual({ ok: true, fen: 750n });
    expect(fenFromYuan('0007.5000')).toEqual({ ok: true, fen: 750n });
  });

  test('is refused when negative, finer than a fen, too large or no number', () => {
    expect(fenFromYuan('-1.00')).toEqual({ ok: false, reason: 'negative' });
    expect(fenFromYuan('1.001')).toEqual({ ok: false, reason: 'finerThanFen' });
    expect(fenFromYuan('100000000000000.00')).toEqual({ ok: true, fen: MAX_FEN });
    expect(fenFromYuan('100000000000000.01')).toEqual({ ok: false, reason: 'tooLarge' });
    for (const text of ['', '.', '1.', '.5', '1e5', '+1', '1,000.00', ' 1', 'NaN', 'Infinity', '0x10', '１', '1.0.0']) {
      expect(fenFromYuan(text), text).toEqual({ ok: false, reason: 'notANumber' });
    }
  });

  test('however long costs no time', () => {
    const zeros = '0'.repeat(1_000_000);
    expect(fenFromYuan(`${zeros}1.1${zeros}`)).toEqual({ ok: true, fen: 110n });
    expect(fenFromYuan(`1${zeros}`)).toEqual({ ok: false, reason: 'tooLarge' });
    expect(fenFromYuan(`1.${zeros}1`)).toEqual({ ok: false, reason: 'finerThanFen' });
    expect(fenFromYuan(`${zeros}x`)).toEqual({ ok: false, reason: 'notANumber' });
  });

  test('survives being written and read, in yuan and in 万元', () => {
    fc.assert(
      fc.property(amounts, (fen) => {
        expect(yuanFromFen(fen)).toMatch(/^(0|[1-9]\d*)\.\d\d$/);
        expect(fenFromYuan(yuanFromFen(fen))).toEqual({ ok: true, fen });
        expect(fenFromWan(wanFromFen(fen))).toEqual({ ok: true, fen });
      }),
    );
  });
});

test('万元 are read with six decimals, the sixth being a fen', () => {
  expect(fenFromWan('26020')).toEqual({ ok: true, fen: 26_020_000_000n });
  expect(fenFromWan('0.000001')).toEqual({ ok: true, fen: 1n });
  expect(fenFromWan('0.0000001')).toEqual({ ok: false, reason: 'finerThanFen' });
  expect(fenFromWan('10000000000.000001')).toEqual({ ok: false, reason: 'tooLarge' });
});

describe('people read', () => {
  test('万元 below 100 million yuan and 亿元 from there on', () => {
    expect(display(8_640_000_000n)).toBe('8,640万元');
    expect(display(9_999_999_999n)).toBe('9,999.999999万元');
    expect(display(10_000_000_000n)).toBe('1亿元');
    expect(display(26_020_000_000n)).toBe('2.602亿元');
    expect(display(0n)).toBe('0万元');
    expect(display(MAX_FEN)).toBe('1,000,000亿元');
  });

  test('the exact amount: a fen below a line never looks like the line', () => {
    expect(display(19_999_999_999n)).toBe('1.9999999999亿元');
    fc.assert(
      fc.property(amounts, amounts, (one, other) => {
        expect(display(one) === display(other)).toBe(one === other);
      }),
    );
  });
});
