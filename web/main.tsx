import { askEarly, WHOLE_INBOX } from './api/early.ts';

// A page whose file is gone belongs to a build that was replaced: the new one is loaded.
window.addEventListener('vite:preloadError', () => window.location.reload());
// Who is signed in, and what the page that is opened most shows, is asked for while the console's own files are still on their way.
askEarly('/me');
if (['/', '/inbox'].includes(window.location.pathname) && !window.location.search) askEarly(WHOLE_INBOX);
const { show } = await import('./console.tsx');
await show();
