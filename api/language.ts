import type { Request } from 'express';
import { z } from 'zod';

export type Language = 'zh' | 'en';

/** By Accept-Language; Chinese when the caller does not say. */
export const languageOf = (request: Request): Language => (request.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh');

/** Words zod's messages in a language, for one parse. */
export const wording = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError } as const;

const reasons: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  length: { zh: '应为18位', en: 'it has 18 characters' },
  alphabet: { zh: '含有不允许的字符', en: 'it holds a character that is not allowed' },
  check: { zh: '校验位不符', en: 'its check character does not fit' },
  negative: { zh: '不能为负数', en: 'it is negative' },
  finerThanFen: { zh: '不能细于1分', en: 'it is finer than 0.01 yuan' },
  tooLarge: { zh: '过大', en: 'it is too large' },
  notANumber: { zh: '不是数字', en: 'it is not a number' },
  twice: { zh: '有重复', en: 'one is named twice' },
  twoDecimals: { zh: '须带两位小数', en: 'it is written with two decimals' },
  notLater: { zh: '须晚于当前时间', en: 'it must lie in the future' },
  notYet: { zh: '不能晚于今天，请在生效当日登记', en: 'it lies in the future: enter it on the day it takes effect' },
  noUnit: { zh: '没有这个单位', en: 'there is no such unit' },
  noRegion: { zh: '没有这个行政区划', en: 'there is no such region' },
  itself: { zh: '不能是它自己', en: 'it cannot be itself' },
  underItself: { zh: '不能隶属于自己或下级单位', en: 'a unit cannot stand under itself or a unit below it' },
  headquartersOnTop: { zh: '只有公司总部没有上级单位', en: 'headquarters alone stands under nobody' },
  beforeFirst: { zh: '结束日期不能早于开始日期', en: 'it ends before it begins' },
  past: { zh: '不能早于今天', en: 'it has passed already' },
  overlaps: { zh: '与已登记的请假重叠', en: 'it overlaps an absence entered before' },
  tooLong: { zh: '时间过长', en: 'it is too long' },
  tooDeep: { zh: '嵌套过深', en: 'it is nested too deeply' },
  unstorable: { zh: '含有不可用的字符', en: 'it holds a character that cannot be stored' },
};

/** A reason's code in words; what is no code is given back as it is. */
export const wordsOf = (reason: string, language: Language): string => reasons[reason]?.[language] ?? reason;
