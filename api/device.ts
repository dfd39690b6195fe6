/** What a browser says of itself, as `browser/system`: enough for a person to know his own sessions by. */
export function deviceOf(userAgent: string): string {
  return `${firstOf(BROWSERS, userAgent)}/${firstOf(SYSTEMS, userAgent)}`;
}

// In this order: many browsers also name those they descend from.
const BROWSERS = [
  ['wecom', /wxwork/i],
  ['wechat', /micromessenger/i],
  ['dingtalk', /dingtalk/i],
  ['feishu', /lark|feishu/i],
  ['edge', /\bedg(?:e|a|ios)?\//i],
  ['firefox', /firefox|fxios/i],
  ['chrome', /chrom(?:e|ium)|crios/i],
  ['safari', /safari/i],
] as const;

const SYSTEMS = [
  ['harmony', /harmonyos|openharmony/i],
  ['android', /android/i],
  ['iphone', /iphone/i],
  ['ipad', /ipad/i],
  ['windows', /windows/i],
  ['mac', /mac os|macintosh/i],
  ['linux', /linux|x11/i],
] as const;

const firstOf = (known: readonly (readonly [string, RegExp])[], text: string): string =>
  known.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
