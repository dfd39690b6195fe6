import type { PlaceView } from '../../api/contract/cases.ts';
import { dayText } from '../format.ts';
import { leadsFrom, stateWord } from '../lifecycles.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';

/** The process as a picture: where the case has been, where it is, what is ahead; a place off the way once it was entered. */
export function LifecyclePicture({ path }: { readonly path: readonly PlaceView[] }) {
  const { t, word } = useWords();
  const shown = path.filter(({ is, enteredAt }) => is !== 'aside' || enteredAt !== null);
  return (
    <ol className="life" aria-label={t('case.lifecycle')}>
      {shown.map(({ state, stateKey, is, terminal, enteredAt }) => {
        const present = is === 'present';
        const good = state === 'established';
        const look = present
          ? terminal
            ? good
              ? 'done'
              : 'stopped'
            : 'here'
          : is === 'past'
            ? 'done'
            : is === 'aside'
              ? 'side'
              : '';
        const note = present ? t(terminal ? 'case.endedHere' : 'case.here') : is === 'ahead' ? '' : dayText(enteredAt);
        return (
          <li key={state} className={look} aria-current={present ? 'step' : undefined}>
            <span className="name">{word(stateKey)}</span>
            <span>{note}</span>
          </li>
        );
      })}
    </ol>
  );
}

type Standing = { readonly process: string; readonly state: string; readonly grade: 'company' | 'branch' | null };

/** What may follow from the present state, each with its article or 系统默认. */
export function WhatFollows({ process, state, grade }: Standing) {
  const { t, named, word } = useWords();
  const leads = leadsFrom(process, state);
  if (leads.length === 0) return null;
  return (
    <details>
      <summary>{t('case.whatFollows')}</summary>
      <ul className="cards small">
        {leads.map(({ on, to, by, article }) => (
          <li key={on} className="row">
            <span>
              {named('event', on)} → <strong>{word(stateWord(process, to, grade))}</strong>
            </span>
            <span className="soft">{named('by', by)}</span>
            <ArticleTag article={article} />
          </li>
        ))}
      </ul>
    </details>
  );
}
