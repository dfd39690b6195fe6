import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkUscc, normaliseUscc, usccWithCheck } from '../../domain/uscc.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const first17 = fc
  .array(fc.constantFrom(...ALPHABET), { minLength: 17, maxLength: 17 })
  .map((characters) => characters.join(''));

describe('a unified social credit code is', () => {
  test('accepted with its right check character and refused with another', () => {
    for (const code of ['91420100MAEXAMPL8M', '91420106MAEXAMPX6F', '91430100MAEXAMPY4P']) {
      expect(checkUscc(code)).toEqual({ ok: true, code });
    }
    expect(checkUscc('91420100MAEXAMPL8N')).toEqual({ ok: false, reason: 'check' });
  });

  test('read whatever its width, case and spaces', () => {
    expect(checkUscc(' ９１420100 maexampl　8m\u200b')).toEqual({ ok: true, code: '91420100MAEXAMPL8M' });
    expect(normaliseUscc('９1 a')).toBe('91A');
  });

  test('refused when too short, too long or empty', () => {
    for (const text of ['', '91420100MAEXAMPL8', '91420100MAEXAMPL8M0']) {
      expect(checkUscc(text)).toEqual({ ok: false, reason: 'length' });
    }
  });

  test('refused with a letter the alphabet leaves out', () => {
    for (const letter of 'IOSVZ') {
      expect(checkUscc(`9142010${letter}MAEXAMPL8M`)).toEqual({ ok: false, reason: 'alphabet' });
    }
  });
});

test('a sum without remainder checks as 0', () => {
  expect(usccWithCheck('0'.repeat(17))).toBe('0'.repeat(18));
  // 3 weighs 1 in the first place, Y (30) weighs 3 in the second: 93 = 3 · 31.
  expect(usccWithCheck(`3Y${'0'.repeat(15)}`)).toBe(`3Y${'0'.repeat(16)}`);
});

test('a check character is computed only for 17 characters of the alphabet', () => {
  expect(() => usccWithCheck('123')).toThrow(RangeError);
  expect(() => usccWithCheck('I'.repeat(17))).toThrow(RangeError);
});

test('every code made is accepted, and no single wrong character goes unseen', () => {
  fc.assert(
    fc.property(first17, fc.nat(17), fc.constantFrom(...ALPHABET), (start, place, other) => {
      const code = usccWithCheck(start);
      expect(checkUscc(code)).toEqual({ ok: true, code });
      const wrong = code.slice(0, place) + other + code.slice(place + 1);
      expect(checkUscc(wrong).ok).toBe(wrong === code);
    }),
  );
});
