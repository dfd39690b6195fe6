import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { InboxRow as Row } from '../../../api/contract/tasks.ts';
import { bulkActions } from '../../../domain/bulk.ts';
import type { Group, Grouping } from '../../inboxGroups.ts';
import { isComposing, useKeys } from '../../keys.ts';
import { useWords } from '../../words.ts';
import { InboxRow, rowKey } from './InboxRow.tsx';

type Props = {
  readonly label: string;
  readonly groups: readonly Group[];
  readonly grouping: Grouping;
  readonly past: boolean;
  readonly busy: boolean;
  readonly chosen: ReadonlyMap<string, Row>;
  readonly onChoose: (row: Row, chosen: boolean) => void;
  /** The row the reader is at, for keys that act on it. */
  readonly onCurrent: (row: Row) => void;
};

/** Where the keys of a grid lead: so many rows on, to an end, or to the other part of the row. */
const movesTo: Readonly<Record<string, { readonly to: number | 'first' | 'last'; readonly part?: 'a' | 'input' }>> = {
  ArrowDown: { to: 1 },
  ArrowUp: { to: -1 },
  ArrowRight: { to: 0, part: 'a' },
  ArrowLeft: { to: 0, part: 'input' },
  Home: { to: 'first' },
  End: { to: 'last' },
};

/** Whether a row's task can be answered together with others. */
export const isChoosable = ({ task }: Row): boolean =>
  task?.status === 'open' && (bulkActions(task.kind).length > 0 || task.claimable);

/**
 * The rows as grids with one stop for Tab, which stays where the reader left it: the arrow keys, J and K go from row to row, the arrows to the sides
 * between a row's box and its case, Enter opens.
 */
export function InboxGrid({ label, groups, grouping, past, busy, chosen, onChoose, onCurrent }: Props) {
  const { t, named } = useWords();
  const id = useId();
  const container = useRef<HTMLDivElement>(null);
  const rows = groups.flatMap((group) => group.rows);
  const [at, setAt] = useState<string | null>(null);
  const current = rows.find((row) => rowKey(row) === at) ?? rows[0];
  const kind = [...chosen.values()][0]?.task?.kind;

  const go = (step: number | 'first' | 'last', part: 'a' | 'input' = 'a') => {
    const shown = [...(container.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const inside = shown.findIndex((each) => each.contains(document.activeElement));
    // Coming from elsewhere, one comes to where one was.
    const was = shown.findIndex((each) => each.dataset.row === (current ? rowKey(current) : ''));
    const index = step === 'first' ? 0 : step === 'last' ? shown.length - 1 : inside < 0 ? was : inside + step;
    const row = shown[Math.max(0, Math.min(index, shown.length - 1))];
    (row?.querySelector<HTMLElement>(`${part}:not(:disabled)`) ?? row?.querySelector<HTMLElement>('a'))?.focus();
  };
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    x: () => {
      if (current && isChoosable(current) && (!kind || kind === current.task?.kind))
        onChoose(current, !chosen.has(rowKey(current)));
    },
  });
  const move = (event: KeyboardEvent<HTMLElement>) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    const part = document.activeElement?.tagName === 'INPUT' ? 'input' : 'a';
    const target = movesTo[event.key];
    if (!target) return;
    event.preventDefault();
    go(target.to, target.part ?? part);
  };

  const heading = (code: string) => (grouping === 'kind' ? named('kind', code) : named('inbox.due', code));
  return (
    <div ref={container} className="stack" aria-busy={busy}>
      {groups.map((group, index) => (
        <section
          key={group.heading}
          className="inbox-group"
          aria-label={group.heading ? heading(group.heading) : label}
        >
          {group.heading && (
            <h2 id={`${id}-${index}`}>
              {heading(group.heading)} <span className="soft figure">{group.rows.length}</span>
            </h2>
          )}
          {/* biome-ignore lint/a11y/useSemanticElements: rows that are cards, not a table */}
          <div
            role="grid"
            className="inbox-grid"
            aria-label={group.heading ? `${label}：${heading(group.heading)}` : label}
            tabIndex={-1}
            onKeyDown={move}
          >
            {group.rows.map((row) => (
              <InboxRow
                key={rowKey(row)}
                row={row}
                past={past}
                current={row === current}
                chosen={isChoosable(row) ? chosen.has(rowKey(row)) : null}
                unchoosable={kind && kind !== row.task?.kind ? t('inbox.oneKind', { kind: named('kind', kind) }) : ''}
                onChoose={(on) => onChoose(row, on)}
                onFocus={() => {
                  setAt(rowKey(row));
                  onCurrent(row);
                }}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
