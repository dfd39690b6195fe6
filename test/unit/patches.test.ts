import { expect, test } from 'vitest';
import { isOlder } from '../../worker/patches.ts';

test.each([
  ['0.1.0', '0.2.0', true],
  ['0.9.0', '0.10.0', true],
  ['1.4', '1.4.1', true],
  ['0.2.0', '0.1.9', false],
  ['1.0.0', '1.0.0', false],
  ['2.0.0', '1.9.9', false],
])('release %s is older than %s: %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});
