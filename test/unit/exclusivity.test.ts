import { describe, expect, test } from 'vitest';
import { hashedReceipt, isFishing, type KnownName, startsFishing, whyNear } from '../../domain/exclusivity.ts';

const HELD = '武汉云岭示例城市建设集团有限公司';
const known = (name: string, kind: KnownName['kind'] = 'name', alike = 0): KnownName => ({ name, kind, alike });

describe('names that may be one company’s (Article 7.3)', () => {
  test.each([
    '武汉云岭示例城市建设集团',
    '武汉云岭示例城市建设有限公司',
    '武汉云岭示例城市建设有限责任公司',
    '武汉市云岭示例城市建设股份有限公司',
    '湖北省武汉市云岭示例城市建设集团公司',
    '云岭示例城市建设（武汉）有限公司',
    '云岭示例城市建设(武汉市)集团有限责任公司',
    ' 武汉 云岭示例城市建设集团有限公司 ',
    '武漢'.replace('漢', '汉').concat('云岭示例城市建设'),
  ])('%s: the same place and core', (name) => {
    expect(whyNear(name, known(HELD))).toBe('sameCore');
  });

  test.each(['云岭示例城市建设集团有限公司', '云岭示例城市建设有限责任公司'])('%s: no place said', (name) => {
    expect(whyNear(name, known(HELD))).toBe('placeMissing');
    expect(whyNear(HELD, known(name))).toBe('placeMissing');
  });

  test('with another place it is another company', () => {
    expect(whyNear('长沙云岭示例城市建设集团有限公司', known(HELD))).toBeNull();
  });

  test('a core that is common says nothing without its place', () => {
    expect(whyNear('城建集团', known('武汉城建集团有限公司'))).toBeNull();
  });

  test('a former name and a short name are told as such', () => {
    expect(whyNear('武汉云岭示例城建有限公司', known('武汉云岭示例城建集团', 'former'))).toBe('formerName');
    expect(whyNear('云岭城建', known('云岭城建', 'short'))).toBe('shortName');
    expect(whyNear('云岭城建集团', known('云岭城建', 'short'))).toBe('shortName');
  });

  test('otherwise it is a matter of how alike they are spelled', () => {
    expect(whyNear('武汉云岭示例城市建投有限公司', known(HELD, 'name', 0.7))).toBe('similar');
    expect(whyNear('武汉云岭示例城市建投有限公司', known(HELD, 'name', 0.5))).toBeNull();
    expect(whyNear('与它无关的公司', known(HELD))).toBeNull();
  });
});

test('what a receipt says has one spelling, and everything it says counts', () => {
  const content = {
    receiptNo: 7,
    kind: 'asked',
    personId: 'p',
    unitId: 'u',
    caseId: null,
    at: '2026-11-28T02:00:00.000Z',
    keyHashes: ['a', 'b'],
    outcome: 'free',
  } as const;
  const { outcome, ...rest } = content;
  expect(hashedReceipt({ outcome, ...rest })).toBe(hashedReceipt(content));
  const others = [
    { receiptNo: 8 },
    { personId: 'q' },
    { at: '2026-11-28T02:00:00.001Z' },
    { keyHashes: ['a'] },
  ] as const;
  for (const other of others) expect(hashedReceipt({ ...content, ...other })).not.toBe(hashedReceipt(content));
});

test('asking becomes fishing at a line, and the alarm is given once for each line', () => {
  const lines = { checkAlarmNames: 3, checkAlarmNear: 2 };
  const asked = (different: number, near = 0) => ({ different, near });
  expect([2, 3, 4].map((count) => isFishing(asked(count), lines))).toEqual([false, true, true]);
  expect([0, 1, 2, 3].map((count) => startsFishing(asked(count), asked(count + 1), lines))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(startsFishing(asked(1, 1), asked(2, 2), lines)).toBe(true);
  expect(startsFishing(asked(3, 1), asked(4, 2), lines)).toBe(true);
});
