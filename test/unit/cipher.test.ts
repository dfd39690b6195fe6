import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aad, type DataKey, DecryptionError, open, openJson, openText, seal, sealJson } from '../../platform/cipher.ts';

function newKey(): DataKey {
  const id = randomBytes(16).toString('hex');
  return { id, scope: 'case:1', algorithm: 'A256GCM', secret: createSecretKey(randomBytes(32)) };
}

const key = newKey();
const place = aad('facts', 'secret', 'c1:7');

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof DecryptionError) return error.reason;
    throw error;
  }
  return 'opened';
}

describe('sealed values', () => {
  test('open again to what was sealed, whatever it was, the empty text too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (bytes, text) => {
        expect(new Uint8Array(open(key, seal(key, bytes, place), place))).toEqual(bytes);
        expect(openText(key, seal(key, text.toWellFormed(), place), place)).toBe(text.toWellFormed());
      }),
    );
    expect(openText(key, seal(key, '', place), place)).toBe('');
    expect(openJson(key, sealJson(key, { phone: '027-00000003', none: null }, place), place)).toEqual({
      phone: '027-00000003',
      none: null,
    });
  });

  test('show nothing of the plain text and differ every time', () => {
    const secret = 'SECRET-家庭住址';
    const sealed = seal(key, secret, place);
    expect(sealed.includes('SECRET')).toBe(false);
    expect(sealed.equals(seal(key, secret, place))).toBe(false);
  });

  test('moved to another row, column or table do not open', () => {
    const sealed = seal(key, 'for', place);
    for (const elsewhere of [
      aad('facts', 'secret', 'c1:8'),
      aad('facts', 'reason', 'c1:7'),
      aad('drafts', 'secret', 'c1:7'),
    ]) {
      expect(reasonOf(() => open(key, sealed, elsewhere))).toBe('notAuthentic');
    }
  });

  test('name their place without ambiguity', () => {
    expect(aad('a', 'b","c', 'd')).not.toBe(aad('a', 'b', 'c","d'));
  });

  test('with any single bit turned do not open', () => {
    const sealed = seal(key, 'a reason', place);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const turned = Buffer.from(sealed);
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
      expect(reasonOf(() => open(key, turned, place))).not.toBe('opened');
    }
  });

  test('cut short at any length do not open, and a missing value is an error, never an empty field', () => {
    const sealed = seal(key, 'a reason', place);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(reasonOf(() => open(key, sealed.subarray(0, length), place))).not.toBe('opened');
    }
    for (const missing of [null, undefined, Buffer.alloc(0)]) {
      expect(reasonOf(() => openText(key, missing, place))).toBe('absent');
    }
  });

  test('of another key say so', () => {
    expect(reasonOf(() => open(newKey(), seal(key, 'x', place), place))).toBe('otherKey');
  });

  test('are refused by their code, without their contents', () => {
    const error = (() => {
      try {
        openJson(key, seal(key, 'SECRET not json', place), place);
      } catch (caught) {
        return caught;
      }
    })();
    expect(error).toMatchObject({ code: 'undecipherable', reason: 'malformed' });
    expect(inspect(error, { depth: 9 })).not.toContain('SECRET');
  });

  test('cannot be made of what JSON cannot hold', () => {
    expect(() => sealJson(key, undefined, place)).toThrow(TypeError);
  });
});

test('a key shown by mistake shows no secret', () => {
  const raw = randomBytes(32);
  const shown = { ...newKey(), secret: createSecretKey(raw) };
  for (const text of [JSON.stringify(shown), inspect(shown, { depth: 9, showHidden: true })]) {
    for (const spelling of ['hex', 'base64', 'base64url', 'latin1'] as const) {
      expect(text).not.toContain(raw.toString(spelling));
    }
  }
});
