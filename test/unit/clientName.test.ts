import { describe, expect, test } from 'vitest';
import { coreName, nearKey, normaliseName, sameName } from '../../domain/clientName.ts';

test('width, case, brackets, dots and spaces make no other name', () => {
  expect(sameName('云澜示例（武汉）置业有限公司', ' 云澜示例 (武汉)置业　有限公司')).toBe(true);
  expect(sameName('ＡＣＭＥ 建设', 'acme建设')).toBe(true);
  expect(sameName('云澜•示例', '云澜·示例')).toBe(true);
  expect(sameName('云澜示例置业有限公司', '云澜示例地产有限公司')).toBe(false);
  expect(normaliseName('【云澜】')).toBe('(云澜)');
});

test('the core is the name without legal form, brackets and leading place', () => {
  for (const form of ['有限公司', '有限责任公司', '股份有限公司', '集团', '集团有限公司', '集团股份有限公司', '']) {
    expect(coreName(`云澜示例${form}`)).toBe('云澜示例');
  }
  for (const place of ['湖北', '湖北省', '武汉', '武汉市', '湖北省武汉市', '湖北武汉']) {
    expect(coreName(`${place}云澜示例有限公司`)).toBe('云澜示例');
  }
  expect(coreName('云澜示例（武汉）有限公司')).toBe('云澜示例');
  expect(coreName('武汉长沙路桥有限公司')).toBe('长沙路桥');
});

test('a name is never cut down to nothing', () => {
  for (const name of ['武汉集团有限公司', '集团', '有限公司', '湖北省', '中国有限公司', '武汉一建']) {
    expect(coreName(name).length, name).toBeGreaterThanOrEqual(2);
  }
});

describe('near spellings', () => {
  test('of one client meet under one key, wherever the place stands', () => {
    const key = nearKey('武汉市云澜城建集团有限公司');
    const others = [
      '武汉云澜城建',
      '湖北省武汉市云澜城建有限责任公司',
      '云澜城建集团（武汉）有限公司',
      '云澜城建(武汉市)',
    ];
    for (const other of others) expect(nearKey(other), other).toBe(key);
  });

  test('of two clients do not, when only their place differs', () => {
    expect(nearKey('武汉城建集团')).not.toBe(nearKey('长沙城建集团'));
    expect(nearKey('湖北城建集团')).not.toBe(nearKey('城建集团'));
  });
});
