import { App, Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AgendaItem } from '../../api/contract/agenda.ts';
import type { Me } from '../../api/contract/me.ts';
import { type AgendaFilter, fits, type ScoreBand, scoreBands } from '../agendaFilter.ts';
import { caseActFields } from '../answers.ts';
import { useAct } from '../api/act.ts';
import { agendaKey, useAgenda } from '../api/agenda.ts';
import { AskDialog } from '../components/AskDialog.tsx';
import { AgendaRow } from '../components/agenda/AgendaRow.tsx';
import { BulkVoteDialog } from '../components/agenda/BulkVoteDialog.tsx';
import { LastBulkVote } from '../components/agenda/LastBulkVote.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import '../styles/agenda.css';
import '../styles/inbox.css';
import { useWords } from '../words.ts';

/** 年度评价议题: what the committee decides on now; many accounts are maintained in one act, all others are opened one by one (Article 10.3). */
export default function Agenda({ me }: { readonly me: Me }) {
  const { year = '' } = useParams();
  const { t } = useWords();
  const agenda = useAgenda(year);
  return (
    <>
      <PageHead title={t('reviewAgenda.title', { year })}>
        <Link to={`/campaigns/${year}/report`}>{t('campaignReport.title', { year })}</Link>
      </PageHead>
      <LastBulkVote year={year} />
      <Loaded query={agenda}>
        {({ items }) =>
          items.length === 0 ? <Empty text={t('reviewAgenda.empty')} /> : <Items year={year} items={items} me={me} />
        }
      </Loaded>
    </>
  );
}

type Props = { readonly year: string; readonly items: readonly AgendaItem[]; readonly me: Me };

function Items({ year, items, me }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [filter, setFilter] = useState<AgendaFilter>({});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [pulling, setPulling] = useState<AgendaItem | null>(null);
  const give = useAct([agendaKey]);
  const pullOut = useAct([agendaKey, ['case'], ['inbox']]);
  const sits = me.seats.length > 0;
  const shown = items.filter(fits(filter));
  const inBulk = shown.filter((item) => item.inBulk);
  // What was voted on, or pulled out, meanwhile is chosen no longer; nor is what is not shown.
  const selected = inBulk.filter(({ caseId }) => chosen.has(caseId));
  const choose = (caseId: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(caseId);
    else next.delete(caseId);
    setChosen(next);
  };
  const rows = (group: readonly AgendaItem[]) => (
    <ul className="agenda-list">
      {group.map((item) => (
        <AgendaRow
          key={item.caseId}
          item={item}
          chosen={item.inBulk && chosen.has(item.caseId)}
          onChoose={item.inBulk ? (on) => choose(item.caseId, on) : null}
          onPullOut={
            sits && !item.recusal && !item.pulledOut && item.proposal === 'maintain' && !item.secondBallot
              ? () => {
                  pullOut.reset();
                  setPulling(item);
                }
              : null
          }
        />
      ))}
    </ul>
  );
  const singly = shown.filter((item) => !item.inBulk && item.vote?.state === 'open');
  const rest = shown.filter((item) => !item.inBulk && item.vote?.state !== 'open');
  return (
    <>
      <Filters items={items} value={filter} onChange={setFilter} />
      {shown.length === 0 && <Empty text={t('reviewAgenda.noneFits')} />}
      <Group title={t('reviewAgenda.inBulk')} about={t('reviewAgenda.inBulkAbout')} count={inBulk.length}>
        {rows(inBulk)}
      </Group>
      <Group title={t('reviewAgenda.singly')} about={t('reviewAgenda.singlyAbout')} count={singly.length}>
        {rows(singly)}
      </Group>
      <Group title={t('reviewAgenda.rest')} about={t('reviewAgenda.restAbout')} count={rest.length}>
        {rows(rest)}
      </Group>
      {inBulk.length > 0 && (
        <section className="selection-bar agenda-bar" aria-label={t('reviewAgenda.bar')}>
          <strong role="status">{t('reviewAgenda.chosen', { count: selected.length })}</strong>
          <Button
            type="link"
            size="small"
            onClick={() => setChosen(new Set([...chosen, ...inBulk.map(({ caseId }) => caseId)]))}
          >
            {t('reviewAgenda.all', { count: inBulk.length })}
          </Button>
          <Button type="link" size="small" disabled={selected.length === 0} onClick={() => setChosen(new Set())}>
            {t('bulk.none')}
          </Button>
          <span className="spacer" />
          <Button
            type="primary"
            size="large"
            disabled={selected.length === 0}
            onClick={() => {
              give.reset();
              setAsking(true);
            }}
          >
            {t('reviewAgenda.maintain')}
          </Button>
        </section>
      )}
      {asking && (
        <BulkVoteDialog
          items={selected}
          pending={give.isPending}
          error={give.error}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            give.mutate(
              {
                method: 'POST',
                path: `/campaigns/${year}/bulk-votes`,
                body: { taskIds: selected.flatMap(({ vote }) => vote?.taskId ?? []) },
              },
              {
                onSuccess: () => {
                  setChosen(new Set());
                  setAsking(false);
                },
              },
            )
          }
        />
      )}
      {pulling && (
        <AskDialog
          title={t('reviewAgenda.pullOutOf', { name: pulling.account.name })}
          fields={caseActFields.pullOut ?? []}
          context={{ caseId: pulling.caseId, unitId: pulling.unit.id, ballotId: null }}
          pending={pullOut.isPending}
          error={pullOut.error}
          onClose={() => setPulling(null)}
          onSubmit={(body) =>
            pullOut.mutate(
              { method: 'POST', path: `/cases/${pulling.caseId}/pull-out`, body },
              {
                onSuccess: () => {
                  setPulling(null);
                  void message.success(t('reviewAgenda.pulled', { name: pulling.account.name }));
                },
              },
            )
          }
        />
      )}
    </>
  );
}

function Group(props: {
  readonly title: string;
  readonly about: string;
  readonly count: number;
  readonly children: ReactNode;
}) {
  const { title, about, count, children } = props;
  if (count === 0) return null;
  return (
    <section className="agenda-group" aria-label={title}>
      <h2>
        {title} <span className="chip figure">{count}</span>
      </h2>
      <p className="small soft">{about}</p>
      {children}
    </section>
  );
}

function Filters(props: {
  readonly items: readonly AgendaItem[];
  readonly value: AgendaFilter;
  readonly onChange: (value: AgendaFilter) => void;
}) {
  const { t, named, called } = useWords();
  const { items, value, onChange } = props;
  const units = [...new Map(items.map(({ unit }) => [unit.id, unit])).values()];
  return (
    <search className="agenda-filters" aria-label={t('reviewAgenda.filters')}>
      <Select
        allowClear
        aria-label={t('word.unit')}
        placeholder={t('word.unit')}
        options={units.map((unit) => ({ value: unit.id, label: called(unit) }))}
        onChange={(unitId?: string) => onChange({ ...value, unitId })}
      />
      <Select
        allowClear
        aria-label={t('word.grade')}
        placeholder={t('word.grade')}
        options={['company', 'branch'].map((grade) => ({ value: grade, label: named('grade', grade) }))}
        onChange={(grade?: string) => onChange({ ...value, grade })}
      />
      <Select
        allowClear
        aria-label={t('reviewAgenda.score')}
        placeholder={t('reviewAgenda.score')}
        options={scoreBands.map((band) => ({ value: band, label: t(`reviewAgenda.band.${band}`) }))}
        onChange={(band?: ScoreBand) => onChange({ ...value, band })}
      />
      <Input
        allowClear
        aria-label={t('reviewAgenda.search')}
        placeholder={t('reviewAgenda.search')}
        onChange={({ target }) => onChange({ ...value, text: target.value.trim() })}
      />
    </search>
  );
}
