import { EllipsisOutlined } from '@ant-design/icons';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Link, NavLink } from 'react-router';
import type { Me } from '../../api/contract/me.ts';
import { rolesOf } from '../api/me.ts';
import { dropOthers } from '../draftVault.ts';
import { beginsGroup, placesFor } from '../places.tsx';
import { useTour } from '../tour.ts';
import { useWords, type WordKey } from '../words.ts';
import { Connection } from './Connection.tsx';
import { Controls } from './Controls.tsx';
import { HelpMenu } from './HelpMenu.tsx';
import { NotificationBell } from './NotificationBell.tsx';
import { SignOut } from './SignOut.tsx';
import { TourOffer } from './TourOffer.tsx';

const Tour = lazy(() => import('./Tour.tsx'));

/** How many places fit beside "more" in the bar of a phone. */
const IN_BAR = 3;

/** What stands around every page: who is signed in, where one can go, the switches. */
export function Shell({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const { t, called, language } = useWords();
  const places = placesFor(rolesOf(me));
  const tour = useTour(me);
  // What somebody else left unsaved on this device is not to stay on it.
  useEffect(() => {
    void dropOthers(me.person.id).catch(() => null);
  }, [me.person.id]);
  const waiting = me.badges.mine + me.badges.group + me.badges.delegated;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) ${t('app.name')}` : t('app.name');
  }, [waiting, language]);
  const waits: Readonly<Record<string, readonly [number, WordKey]>> = {
    '/inbox': [waiting, 'inbox.waiting'],
    '/identities': [me.badges.strangers, 'identity.waiting'],
  };
  const badge = (path: string) => {
    const [count, words] = waits[path] ?? [0, 'inbox.waiting'];
    return count > 0 ? (
      <span className="badge" title={t(words, { count })}>
        {count > 99 ? '99+' : count}
      </span>
    ) : null;
  };
  return (
    <div className="shell">
      <header className="shell-head">
        <a className="skip" href="#content">
          {t('nav.skip')}
        </a>
        <Link className="shell-name" to="/">
          <img src="/mark.svg" alt="" />
          <span>{t('app.short')}</span>
        </Link>
        <span className="spacer" />
        <Connection personId={me.person.id} />
        <NotificationBell unread={me.badges.notifications} />
        <HelpMenu onTour={tour.begin} />
        <Controls />
        <span className="small wide-only">
          {called(me.person)} · {called(me.unit)}
        </span>
        <SignOut />
      </header>
      <nav className="rail" aria-label={t('nav.main')}>
        <ul>
          {places.map(({ path, name, icon }) => (
            <li key={path} className={beginsGroup(path) ? 'begins' : undefined}>
              <NavLink to={path}>
                {icon}
                <span>{t(name)}</span>
                {badge(path)}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      {tour.isOn && (
        <Suspense>
          <Tour me={me} onEnd={tour.end} />
        </Suspense>
      )}
      <main className="page" id="content" tabIndex={-1}>
        {tour.isOffered && <TourOffer onBegin={tour.begin} onEnd={tour.end} />}
        {children}
      </main>
      <nav className="bar" aria-label={t('nav.bar')}>
        <ul>
          {places.slice(0, IN_BAR).map(({ path, name, icon }) => (
            <li key={path}>
              <NavLink to={path}>
                {icon}
                <span>{t(name)}</span>
                {badge(path)}
              </NavLink>
            </li>
          ))}
          <li>
            <NavLink to="/more">
              <EllipsisOutlined />
              <span>{t('nav.more')}</span>
            </NavLink>
          </li>
        </ul>
      </nav>
    </div>
  );
}
