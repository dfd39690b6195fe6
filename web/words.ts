import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type zh from './locales/zh-CN.json';
import type { Language } from './preferences.ts';

export type WordKey = keyof typeof zh;
export type WordParams = Readonly<Record<string, string | number>>;
export type Words = {
  /** The words of a key; `{name}` in them is filled from `params`. */
  readonly t: (key: WordKey, params?: WordParams) => string;
  /** The word for a code the server sent, under a prefix: `named('vote', 'for')`. An unknown code shows as itself. */
  readonly named: (prefix: string, code: string) => string;
  /** The word of a dictionary key that comes from data, such as a lifecycle's `zhKey`. */
  readonly word: (key: string) => string;
  /** What an action is called on a kind of task: accepting a recommendation is 受理, accepting a recusal 准予回避. */
  readonly action: (kind: string, action: string) => string;
  /** A person, a unit or a seat in the reader's language. */
  readonly called: (who: { readonly name: string; readonly nameEn: string } | null | undefined) => string;
  readonly language: Language;
};

const loaders = {
  'zh-CN': () => import('./locales/zh-CN.json'),
  en: () => import('./locales/en.json'),
};

/** Loads one language's words and switches to it. */
export async function speak(language: Language): Promise<void> {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      resources: {},
      lng: language,
      fallbackLng: false,
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
      react: { useSuspense: false },
    });
  }
  if (!i18next.hasResourceBundle(language, 'translation')) {
    const { default: words } = await loaders[language]();
    i18next.addResourceBundle(language, 'translation', words);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.title = i18next.t('app.name');
}

/** Every key of the language that is spoken. */
export const wordKeys = (): readonly string[] =>
  Object.keys(i18next.getResourceBundle(i18next.language, 'translation'));

/** Words outside a component, in the language of the moment. */
export const say = (key: WordKey, params?: WordParams): string => i18next.t(key, params ?? {});

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh-CN';
  return {
    t: (key, params) => t(key, params ?? {}),
    named: (prefix, code) => {
      const key = `${prefix}.${code}`;
      return i18n.exists(key) ? t(key) : code;
    },
    word: (key) => t(key),
    action: (kind, action) => t([`act.${kind}.${action}`, `act.${action}`]),
    called: (who) => (who ? (language === 'en' ? who.nameEn : who.name) : '—'),
    language,
  };
}
