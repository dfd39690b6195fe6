import { describe, expect, test } from 'vitest';
import { problemOf } from '../../api/problems.ts';
import { describeError, errorCodes } from '../../domain/errors.ts';

const said = (code: (typeof errorCodes)[number], language: 'zh' | 'en') => describeError(code, {}, language).text;

describe('every refusal', () => {
  test.each(errorCodes)('%s says what happened, and then what to do, in both languages', (code) => {
    const zh = said(code, 'zh').split(/(?<=[。；])/);
    const en = said(code, 'en').split(/(?<=[.;:!]) /);
    expect(zh.length, said(code, 'zh')).toBeGreaterThan(1);
    expect(en.length, said(code, 'en')).toBeGreaterThan(1);
    expect(zh.join(''), 'asks the reader for something').toMatch(/请|可补充|可上传|可以提前/);
    expect(zh.at(-1)).toMatch(/。$/);
    expect(en.at(-1)).toMatch(/[.)]$/);
  });

  test('has as its title the first sentence, and never a part of one', () => {
    const refused = { code: 'invalid', params: { field: 'form.client.name', reason: 'x' } } as const;
    expect(problemOf(refused, 'en').title).toBe('"Name" is not valid: x.');
    expect(problemOf(refused, 'zh').title).toBe('“单位名称”填写有误：x。');
    expect(problemOf(refused, 'zh').detail).toBe('“单位名称”填写有误：x。请更正后重新提交。');
  });
});
