import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { StrictMode, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './App.tsx';
import { meKey, meQuery } from './api/me.ts';
import { asProblem, Problem } from './api/problem.ts';
import { preferences, usePreferences } from './preferences.ts';
import './style.css';
import { themeOf } from './theme.ts';
import { speak } from './words.ts';

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof Problem && error.status === 401) queries.setQueryData(meKey, null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (count, error) => count < 2 && asProblem(error).retryable,
    },
  },
});

function Root() {
  const { language, appearance } = usePreferences();
  const spoken = useRef(language);
  useEffect(() => {
    if (spoken.current === language) return;
    spoken.current = language;
    // What the server worded, problems foremost, is read again in the other language.
    void speak(language).then(() => queries.invalidateQueries());
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.appearance = appearance;
  }, [appearance]);
  return (
    <ConfigProvider
      locale={language === 'en' ? en : zh}
      theme={themeOf(appearance)}
      button={{ autoInsertSpace: false }}
    >
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

// A page whose file is gone belongs to a build that was replaced: the new one is loaded.
window.addEventListener('vite:preloadError', () => window.location.reload());
document.documentElement.dataset.appearance = preferences().appearance;
// The words, the person and the page that is opened most are fetched side by side, so that the inbox is there soon.
void queries.prefetchQuery(meQuery);
if (['/', '/inbox'].includes(window.location.pathname)) void import('./pages/Inbox.tsx');
await speak(preferences().language);
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
}
