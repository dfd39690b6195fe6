import { useSyncExternalStore } from 'react';

export type Language = 'zh-CN' | 'en';
export type Appearance = 'light' | 'dark';
export type Preferences = {
  readonly language: Language;
  readonly appearance: Appearance /** Keys of the pages. */;
  readonly shortcuts: boolean;
};

const KEY = 'preferences';
const listeners = new Set<() => void>();
let current: Preferences = read();

/** Chinese first: another language only where the person chose it. The appearance follows the device until he chooses. */
function read(): Preferences {
  const device: Appearance = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      language: stored.language === 'en' ? 'en' : 'zh-CN',
      appearance: stored.appearance === 'dark' || stored.appearance === 'light' ? stored.appearance : device,
      shortcuts: stored.shortcuts !== false,
    };
  } catch {
    return { language: 'zh-CN', appearance: device, shortcuts: true };
  }
}

export const preferences = (): Preferences => current;

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(KEY, JSON.stringify(current));
  for (const listener of listeners) listener();
}

/** What the person chose on another device, where nothing was chosen on this one. */
export function adoptPreferences(kept: {
  readonly language: Language | null;
  readonly appearance: Appearance | null;
}): void {
  if (localStorage.getItem(KEY) !== null) return;
  current = {
    ...current,
    language: kept.language ?? current.language,
    appearance: kept.appearance ?? current.appearance,
  };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

const METHOD_KEY = 'signInMethod';

/** The way this device signed in last. */
export const lastMethod = (): string | null => localStorage.getItem(METHOD_KEY);
export const rememberMethod = (method: string): void => localStorage.setItem(METHOD_KEY, method);
