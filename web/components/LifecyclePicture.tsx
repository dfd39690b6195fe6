import { type RefObject, useEffect, useRef, useState } from 'react';
import type { CaseView } from '../../api/contract/cases.ts';
import { dayText, dueText } from '../format.ts';
import { type DrawnPlace, drawLifecycle } from '../lifecycleDrawing.ts';
import { endedStates, leadsFrom, stateWord } from '../lifecycles.ts';
import { useWords } from '../words.ts';
import '../styles/lifecycle.css';
import { ArticleTag } from './ArticleTag.tsx';

/** Below this width of the picture, in pixels, it is drawn from top to bottom. */
const NARROW = 720;

/** The process drawn as a picture: the straight way, detours and other endings, the way gone so far and the present place. */
export function LifecyclePicture({ value }: { readonly value: CaseView }) {
  const { t } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const narrow = width < NARROW;
  const drawing = width > 0 ? drawLifecycle(value.process, value.path, width, narrow) : null;
  const picture = drawing && (
    <>
      <svg
        className="life-ways"
        width={drawing.width}
        height={drawing.height}
        viewBox={`0 0 ${drawing.width} ${drawing.height}`}
        aria-hidden="true"
      >
        <defs>
          {(['gone', 'open', 'aside'] as const).map((is) => (
            <marker
              key={is}
              id={`life-${is}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerUnits="userSpaceOnUse"
              markerWidth="9"
              markerHeight="9"
              orient="auto"
            >
              <path className={`head ${is}`} d="M0 0 L8 4 L0 8 z" />
            </marker>
          ))}
        </defs>
        {drawing.ways.map(({ key, path, is }) => (
          <path key={key} className={is} d={path} markerEnd={`url(#life-${is})`} />
        ))}
      </svg>
      <ol className="life" aria-label={t('case.lifecycle')} style={{ height: drawing.height }}>
        {drawing.places.map((place) => (
          <Place key={place.state} place={place} value={value} />
        ))}
      </ol>
      {!value.terminal && <p className="small soft life-note">{t('case.endsAnywhere')}</p>}
    </>
  );
  return (
    <div ref={frame}>
      {narrow ? (
        <>
          <Bar value={value} />
          <details className="life-frame">
            <summary>{t('case.wholePicture')}</summary>
            <div className="life-drawing">{picture}</div>
          </details>
        </>
      ) : (
        <div className="life-drawing">{picture}</div>
      )}
    </div>
  );
}

const lookOf = (process: string, { is, terminal, state }: DrawnPlace | CaseView['path'][number]): string => {
  if (is === 'present') return !terminal ? 'here' : state === endedStates(process)[0] ? 'reached' : 'stopped';
  return is === 'past' ? 'done' : is === 'aside' ? 'side' : 'ahead';
};

function Place({ place, value }: { readonly place: DrawnPlace; readonly value: CaseView }) {
  const { t, word } = useWords();
  const { box, is, terminal, enteredAt } = place;
  const present = is === 'present';
  const due = present ? value.dueAt : null;
  const note = present
    ? terminal
      ? dayText(enteredAt)
      : due
        ? t('case.hereUntil', { due: dueText(due).slice(5, 10) })
        : t('case.here')
    : enteredAt && is !== 'ahead'
      ? dayText(enteredAt)
      : '';
  return (
    <li
      className={lookOf(value.process, place)}
      aria-current={present ? 'step' : undefined}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
    >
      <span className="name">{word(place.stateKey)}</span>
      {note && <span className="note">{note}</span>}
    </li>
  );
}

/** On a phone: how far along the straight way, as a bar, with the neighbours of the present place in words. */
function Bar({ value }: { readonly value: CaseView }) {
  const { t, word } = useWords();
  const way = value.path.filter(({ is, enteredAt }) => is === 'ahead' || enteredAt !== null);
  const at = way.findIndex(({ is }) => is === 'present');
  const next = way[at + 1];
  return (
    <div className="life-bar">
      <div aria-hidden="true">
        {way.map((place) => (
          <i key={place.state} className={lookOf(value.process, place)} />
        ))}
      </div>
      <span className="small soft">
        {t('case.stepOf', { at: at + 1, of: way.length })}
        {next && !value.terminal && ` · ${t('case.next', { next: word(next.stateKey) })}`}
      </span>
    </div>
  );
}

/** How wide an element is, in whole pixels; 0 until it is shown. */
function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
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
      <ul className="cards small" style={{ marginTop: 8 }}>
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
