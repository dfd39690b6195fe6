import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef, Select } from 'antd';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { DueWindow } from '../../../api/contract/tasks.ts';
import { taskKinds } from '../../answers.ts';
import { useUnits } from '../../api/organisation.ts';
import type { InboxSearch } from '../../api/tasks.ts';
import type { Grouping } from '../../inboxGroups.ts';
import { processes } from '../../lifecycles.ts';
import { useNarrow } from '../../narrow.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly search: InboxSearch;
  readonly grouping: Grouping;
  readonly input: RefObject<InputRef | null>;
  readonly onSearch: (search: InboxSearch) => void;
  readonly onGroup: (grouping: Grouping) => void;
  /** The filters kept. */
  readonly children: ReactNode;
};

const windows: readonly DueWindow[] = ['overdue', 'today', 'soon', 'week', 'none'];
const sorts = ['due', 'newest', 'oldest'] as const;
const groupings = ['due', 'kind', 'none'] as const;
/** Milliseconds of quiet after which what was typed is searched for. */
const QUIET = 350;

/** What a box is narrowed to, and how it is ordered. */
export function InboxFilters({ search, grouping, input, onSearch, onGroup, children }: Props) {
  const { t, named, called } = useWords();
  const narrow = useNarrow();
  const units = useUnits();
  const waits = ['mine', 'group', 'delegated'].includes(search.box);
  const set = (change: Partial<Record<keyof InboxSearch, unknown>>) =>
    onSearch(
      Object.fromEntries(
        Object.entries({ ...search, ...change }).filter(
          ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
        ),
      ) as InboxSearch,
    );
  const asked = Object.keys(search).filter((name) => !['box', 'sort', 'text'].includes(name)).length;

  const rest = (
    <>
      <Select
        mode="multiple"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        maxTagCount={1}
        aria-label={t('inbox.kinds')}
        placeholder={t('inbox.kinds')}
        value={search.kinds ?? []}
        options={taskKinds.map((kind) => ({ value: kind, label: named('kind', kind) }))}
        onChange={(kinds: string[]) => set({ kinds })}
      />
      {processes.length > 1 && (
        <Select
          allowClear
          aria-label={t('inbox.process')}
          placeholder={t('inbox.process')}
          value={search.process}
          options={processes.map((process) => ({ value: process, label: named('process', process) }))}
          onChange={(process?: string) => set({ process })}
        />
      )}
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('word.unit')}
        placeholder={t('word.unit')}
        value={search.unitId}
        options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
        onChange={(unitId?: string) => set({ unitId })}
      />
      <Select
        allowClear
        aria-label={t('word.grade')}
        placeholder={t('word.grade')}
        value={search.grade}
        options={(['company', 'branch'] as const).map((grade) => ({ value: grade, label: named('grade', grade) }))}
        onChange={(grade?: string) => set({ grade })}
      />
      {search.box !== 'decided' && (
        <Select
          allowClear
          aria-label={t('inbox.due')}
          placeholder={t('inbox.due')}
          value={search.due}
          options={windows.map((due) => ({ value: due, label: named('inbox.due', due) }))}
          onChange={(due?: DueWindow) => set({ due })}
        />
      )}
      {waits && (
        <>
          <Select
            aria-label={t('inbox.sort')}
            value={search.sort ?? 'due'}
            options={sorts.map((sort) => ({ value: sort, label: named('inbox.sort', sort) }))}
            onChange={(sort: string) => set({ sort: sort === 'due' ? undefined : sort })}
          />
          <Select
            aria-label={t('inbox.group.by')}
            value={grouping}
            options={groupings.map((each) => ({ value: each, label: named('inbox.grouped', each) }))}
            onChange={onGroup}
          />
        </>
      )}
      {(asked > 0 || search.text) && (
        <Button
          type="link"
          onClick={() => onSearch({ box: search.box, ...(search.sort ? { sort: search.sort } : {}) })}
        >
          {t('inbox.clear')}
        </Button>
      )}
    </>
  );

  return (
    <search className="inbox-filters">
      <TextSearch key={search.box} text={search.text ?? ''} input={input} onText={(text) => set({ text })} />
      {narrow ? (
        <details>
          <summary>
            {t('inbox.filters')} {asked > 0 && <span className="chip brand">{asked}</span>}
          </summary>
          <div className="rest">{rest}</div>
        </details>
      ) : (
        rest
      )}
      {children}
    </search>
  );
}

type TextProps = {
  readonly text: string;
  readonly input: RefObject<InputRef | null>;
  readonly onText: (text: string) => void;
};

/** Searches while one types, but not for the letters of a word that an input method still composes. */
function TextSearch({ text, input, onText }: TextProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(text);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const soon = (value: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onText(value.trim()), QUIET);
  };
  return (
    <Input
      ref={input}
      allowClear
      className="text"
      prefix={<SearchOutlined aria-hidden />}
      maxLength={100}
      aria-label={t('inbox.search')}
      placeholder={t('inbox.search')}
      value={typed}
      onCompositionStart={() => {
        composing.current = true;
        clearTimeout(timer.current);
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        soon(event.currentTarget.value);
      }}
      onChange={(event) => {
        setTyped(event.target.value);
        if (!composing.current) soon(event.target.value);
      }}
      onPressEnter={(event) => {
        if (event.nativeEvent.isComposing) return;
        clearTimeout(timer.current);
        onText(typed.trim());
      }}
    />
  );
}
