import { Tour as AntTour, Button } from 'antd';
import { useState } from 'react';
import type { Me } from '../../api/contract/me.ts';
import { isAdministratorRole } from '../../domain/roles.ts';
import { rolesOf } from '../api/me.ts';
import { useWords, type WordKey } from '../words.ts';

type Step = { readonly key: WordKey; readonly title: WordKey; readonly place?: string };
type Guide = 'submitter' | 'member' | 'office' | 'administrator' | 'accountManager' | 'other';

/** What a person does here first of all. */
function guideOf(me: Me): Guide {
  const roles = rolesOf(me);
  if (roles.some(isAdministratorRole)) return 'administrator';
  if (me.seats.length > 0) return 'member';
  if (roles.includes('office') || roles.includes('dataClerk')) return 'office';
  if (me.managedAccounts > 0) return 'accountManager';
  return roles.includes('submitter') ? 'submitter' : 'other';
}

/** The places of an administrator, the first that he has. */
const OF_ADMINISTRATORS = ['/workflows', '/audit', '/people'];

const ofGuide: Readonly<Record<Guide, readonly Step[]>> = {
  submitter: [{ title: 'nav.recommend', key: 'tour.recommend', place: '/recommendations/new' }],
  member: [{ title: 'kind.vote', key: 'tour.vote', place: '/inbox' }],
  office: [{ title: 'inbox.group', key: 'tour.group', place: '/inbox' }],
  administrator: [{ title: 'tour.administratorTitle', key: 'tour.administratorPlace' }],
  accountManager: [{ title: 'tour.ownAccountsTitle', key: 'tour.ownAccounts', place: '/accounts' }],
  other: [{ title: 'nav.accounts', key: 'tour.accounts', place: '/accounts' }],
};

function stepsFor(guide: Guide): readonly Step[] {
  return [
    { title: 'tour.welcome', key: `tour.for.${guide}` },
    { title: 'nav.inbox', key: 'tour.inbox', place: '/inbox' },
    ...ofGuide[guide],
    ...(guide === 'other' ? [] : [{ title: 'nav.dashboard', key: 'tour.dashboard', place: '/dashboard' } as const]),
    { title: 'help.title', key: 'tour.help', place: 'help' },
  ];
}

/** What a step points at, as it stands on this screen; nothing where the place is hidden, and the step then stands in the middle. */
function targetOf({ place, key }: Step): HTMLElement | null {
  const wanted =
    place === 'help'
      ? ['.help-button']
      : (place ? [place] : key === 'tour.administratorPlace' ? OF_ADMINISTRATORS : []).flatMap((path) => [
          `.rail a[href="${path}"]`,
          `.bar a[href="${path}"]`,
        ]);
  const found = wanted.map((selector) => document.querySelector<HTMLElement>(selector));
  return found.find((element) => element !== null && element.getClientRects().length > 0) ?? null;
}

/** Shows a newcomer around, by what he does here. Can be left at any step; comes again only when asked for. */
export default function Tour({ me, onEnd }: { readonly me: Me; readonly onEnd: () => void }) {
  const { t } = useWords();
  const [at, setAt] = useState(0);
  const steps = stepsFor(guideOf(me));
  const isLast = at === steps.length - 1;
  return (
    <AntTour
      open
      current={at}
      onClose={onEnd}
      scrollIntoViewOptions={false}
      steps={steps.map((step) => ({
        title: t(step.title),
        description: t(step.key),
        target: () => targetOf(step) as HTMLElement,
      }))}
      indicatorsRender={(current, total) => (
        <span className="small soft">{t('tour.step', { current: current + 1, total })}</span>
      )}
      actionsRender={() => (
        <span className="row">
          {!isLast && (
            <Button size="small" type="text" onClick={onEnd}>
              {t('tour.skip')}
            </Button>
          )}
          {at > 0 && (
            <Button size="small" onClick={() => setAt(at - 1)}>
              {t('tour.back')}
            </Button>
          )}
          <Button key={at} size="small" type="primary" autoFocus onClick={() => (isLast ? onEnd() : setAt(at + 1))}>
            {t(isLast ? 'tour.done' : 'tour.next')}
          </Button>
        </span>
      )}
    />
  );
}
