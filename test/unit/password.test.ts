import { describe, expect, test } from 'vitest';
import { lockMs } from '../../domain/lockOut.ts';
import { passwordFault } from '../../domain/password.ts';
import { isCommonPassword } from '../../platform/commonPasswords.ts';
import { hashPassword, verifyPassword } from '../../platform/passwordHash.ts';

const fault = (password: string, login = 'zhang.wei') => passwordFault(password, login, isCommonPassword);

describe('a password', () => {
  test.each([
    ['short', 'passwordShort'],
    ['fourteen-chars', 'passwordShort'],
    ['十四个汉字也还是太短了一点', 'passwordShort'],
    ['x'.repeat(129), 'passwordLong'],
    ['my login is Zhang.Wei', 'passwordHasLogin'],
    ['passwordpassword', 'passwordCommon'],
    ['Password1234567', 'passwordCommon'],
    ['password-sunshine-2026', 'passwordCommon'],
    ['123456789012345', 'passwordCommon'],
    ['aaaaaaaaaaaaaaaaaaaa', 'passwordCommon'],
    ['qwertyuiopasdfghjkl', 'passwordCommon'],
    ['abcabcabcabcabcabc', 'passwordCommon'],
    ['woaini1314520!!!', 'passwordCommon'],
  ])('%s is refused: %s', (password, wanted) => {
    expect(fault(password)).toBe(wanted);
  });

  test.each([
    'correct horse battery staple',
    'tile-harbour-quince-71',
    '今年冬至要去看长江边的老码头吃汤圆',
    'kV3!pd02mzQ7xw_',
    'Ünïcôdé überall heute',
  ])('%s is taken, with no rule of composition', (password) => {
    expect(fault(password)).toBeNull();
  });

  test('is measured in characters and compared in one normal form', () => {
    expect(fault('ａｂ今年冬至要去看长江边的老码头')).toBeNull();
    expect(fault(`${'𠮷'.repeat(7)}今年冬至要去看`)).toBe('passwordShort');
  });
});

describe('a hash', () => {
  test('is Argon2id as PHC text, salted, and holds for the same letters however they were typed', async () => {
    const [one, two] = await Promise.all([hashPassword('café au lait 2026'), hashPassword('café au lait 2026')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await verifyPassword('café au lait 2026', one)).toEqual({ right: true, outdated: false });
    expect(await verifyPassword('cafe au lait 2026', one)).toEqual({ right: false, outdated: false });
  });

  test('agrees with the reference implementation’s vector', async () => {
    // phc-winner-argon2, test.c: argon2id, version 0x13, t=2, m=2^8, p=1.
    const stored = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect((await verifyPassword('password', stored)).right).toBe(true);
  });

  test('made with weaker parameters still opens, and is told outdated', async () => {
    const { argon2Sync, randomBytes } = await import('node:crypto');
    const nonce = randomBytes(16);
    const tag = argon2Sync('argon2id', {
      message: 'old',
      nonce,
      parallelism: 1,
      tagLength: 32,
      memory: 256,
      passes: 1,
    });
    const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const stored = `$argon2id$v=19$m=256,t=1,p=1$${base64(nonce)}$${base64(tag)}`;
    expect(await verifyPassword('old', stored)).toEqual({ right: true, outdated: true });
  });

  test('that is missing, damaged or of another kind opens to nothing', async () => {
    for (const stored of [null, '', '$2b$10$abcdefghijklmnopqrstuv', '$argon2id$v=19$m=0,t=0,p=0$AAAA$AAAA'])
      expect(await verifyPassword('anything', stored)).toEqual({ right: false, outdated: false });
  });
});

test('a lock begins with the fifth failure, doubles, and never lasts longer than a quarter of an hour', () => {
  expect([1, 4, 5, 6, 7, 8, 9, 10, 1000].map((failures) => lockMs('login', failures) / 60_000)).toEqual([
    0, 0, 1, 2, 4, 8, 15, 15, 15,
  ]);
  // Many people sign in from one address.
  expect([5, 49, 50].map((failures) => lockMs('address', failures) / 60_000)).toEqual([0, 0, 1]);
});
