import { meQuery } from './api/me.ts';
import { preferences } from './preferences.ts';
import { queries } from './queries.ts';

// A page whose file is gone belongs to a build that was replaced: the new one is loaded.
window.addEventListener('vite:preloadError', () => window.location.reload());
document.documentElement.dataset.appearance = preferences().appearance;
// Who is signed in is asked for while the console's own files are still on their way, and the page that is opened most with them.
void queries.prefetchQuery(meQuery);
if (['/', '/inbox'].includes(window.location.pathname)) void import('./pages/Inbox.tsx');
const { show } = await import('./console.tsx');
await show();
