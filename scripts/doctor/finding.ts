import type { words } from './words.ts';

/** What a check found, in words of `words.ts`. `error`: it does not work, or must not go on so; `warning`: it works, and will hurt. */
export type Code = keyof typeof words;
export type Figures = Readonly<Record<string, string | number>>;
export type Finding = {
  readonly level: 'ok' | 'note' | 'warning' | 'error';
  readonly code: Code;
  readonly figures: Figures;
};

const of =
  (level: Finding['level']) =>
  (code: Code, figures: Figures = {}): Finding => ({ level, code, figures });

export const ok = of('ok');
export const note = of('note');
export const warning = of('warning');
export const error = of('error');

/** An error's message on one line. */
export const messageOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message || cause.name : String(cause)).split('\n').join(' ');
