import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './App.tsx';
import { meQuery } from './api/me.ts';
import { type Language, preferences, usePreferences } from './preferences.ts';
import { queries } from './queries.ts';
import './style.css';
import { themeOf } from './theme.ts';
import { speak } from './words.ts';

/** The words of the components, one language at a time. */
const antdWords: Readonly<Record<Language, () => Promise<{ readonly default: Locale }>>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  en: () => import('antd/es/locale/en_US'),
};

function Root({ first }: { readonly first: Locale }) {
  const { language, appearance } = usePreferences();
  const [locale, setLocale] = useState(first);
  const spoken = useRef(language);
  useEffect(() => {
    if (spoken.current === language) return;
    spoken.current = language;
    // What the server worded, problems foremost, is read again in the other language.
    void Promise.all([speak(language), antdWords[language]()]).then(([, words]) => {
      setLocale(words.default);
      return queries.invalidateQueries();
    });
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.appearance = appearance;
  }, [appearance]);
  return (
    <ConfigProvider locale={locale} theme={themeOf(appearance)} button={{ autoInsertSpace: false }}>
      <AntApp>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <App />
          </BrowserRouter>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/** Shows the console, once its words are there and it is known who reads it. */
export async function show(): Promise<void> {
  const { language, appearance } = preferences();
  document.documentElement.dataset.appearance = appearance;
  const [{ default: first }] = await Promise.all([
    antdWords[language](),
    speak(language),
    queries.prefetchQuery(meQuery),
  ]);
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <Root first={first} />
    </StrictMode>,
  );
}
