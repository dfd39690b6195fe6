import { useState } from 'react';
import { Link } from 'react-router';
import type { TimelineEntry } from '../../api/contract/cases.ts';
import { useTimeline } from '../api/cases.ts';
import { momentText } from '../format.ts';
import { stateWord } from '../lifecycles.ts';
import { useWords, type Words } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Choices } from './Choices.tsx';
import { Loaded } from './Loaded.tsx';

/** What kinds of fact each filter shows; `all` shows them all. */
const groups = {
  decisions: [
    'drafted',
    'submitted',
    'opened',
    'decided',
    'dissented',
    'archiveUpdated',
    'withdrawn',
    'overrideProposed',
    'overridden',
    'accountEnded',
    'concluded',
  ],
  ballots: ['voted', 'recused', 'recorded', 'ballotClosed', 'ballotExtended', 'directorsTurn'],
  deadlines: ['silent', 'reminded', 'escalated', 'reassigned', 'extended', 'urged'],
  work: [
    'ticked',
    'progressed',
    'claimed',
    'released',
    'transferred',
    'delegated',
    'consulted',
    'approverAdded',
    'copied',
    'coRecommended',
    'pulledOut',
  ],
  papers: ['commented', 'attached', 'detached'],
} as const;
type Group = keyof typeof groups | 'all';

const isOf = (group: Group, { kind }: TimelineEntry): boolean =>
  group === 'all' || (groups[group] as readonly string[]).includes(kind);

type Props = { readonly caseId: string; readonly process: string; readonly seq: number };

/** The facts of the case, the latest first, all of them or of one kind. */
export function Timeline({ caseId, process, seq }: Props) {
  const { t, named } = useWords();
  const [group, setGroup] = useState<Group>('all');
  const facts = useTimeline(caseId, seq);
  return (
    <section className="panel" aria-label={t('case.timeline')}>
      <h2>{t('case.timeline')}</h2>
      <Loaded query={facts}>
        {(entries) => {
          const offered = (['all', ...Object.keys(groups)] as Group[]).filter((each) =>
            entries.some((entry) => isOf(each, entry)),
          );
          const shown = entries.filter((entry) => isOf(group, entry));
          return (
            <>
              {offered.length > 2 && (
                <div className="no-print" style={{ marginBottom: 14 }}>
                  <Choices
                    label={t('timeline.filter')}
                    size="small"
                    value={group}
                    options={offered.map((each) => [each, named('timeline', each)])}
                    onChange={(chosen) => setGroup(chosen as Group)}
                  />
                </div>
              )}
              <ol className="timeline">
                {shown.toReversed().map((entry) => (
                  <Entry key={entry.seq} caseId={caseId} entry={entry} process={process} />
                ))}
              </ol>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

type EntryProps = { readonly caseId: string; readonly entry: TimelineEntry; readonly process: string };

function Entry({ caseId, entry, process }: EntryProps) {
  const { t, called } = useWords();
  const { what, detail } = useSentence(entry, process);
  const who = entry.actor ? called(entry.actor) : t('case.byProcess');
  return (
    <li>
      <div className="row">
        <span>
          {who} <strong>{what}</strong>
        </span>
        {detail && <span className="small">{detail}</span>}
        <ArticleTag article={entry.article} />
      </div>
      <div className="small soft">
        <time className="figure" dateTime={entry.at}>
          {momentText(entry.at)}
        </time>
        {entry.onBehalfOf && ` · ${t('task.onBehalfOf', { name: called(entry.onBehalfOf) })}`}
        {entry.enteredBy && ` · ${t('task.enteredBy', { name: called(entry.enteredBy) })}`}
        {(entry.codes.bulkId || entry.text?.bulkId) && ` · ${t('bulk.part')}`}
      </div>
      {entry.kind === 'archiveUpdated' && (
        <div className="small">
          <Link to={`/cases/${caseId}/yearly-report`}>{t('yearly.whatChanged')}</Link>
        </div>
      )}
      {entry.withheld && <div className="small soft">{t('case.withheld')}</div>}
      {entry.text && !isShownAbove(process, entry) && <TextParts text={entry.text} />}
    </li>
  );
}

/** What a case of any process but the recommendation was asked for with stands in a panel of its own. */
const isShownAbove = (process: string, { kind }: TimelineEntry): boolean =>
  process !== 'recommendation' && kind === 'submitted';

/** Whether a ballot closed with one of the options of a choice, which has a name of its own. */
const isOption = ({ decided, outcome }: TimelineEntry['codes']): boolean =>
  typeof decided === 'boolean' && outcome !== 'secondBallot';

/** A fact in plain words: what was done, and about what. */
function useSentence(entry: TimelineEntry, process: string): { readonly what: string; readonly detail: string } {
  const { t, named, word, action } = useWords();
  const { kind, codes, step, taskKind } = entry;
  const text = (key: string) => (typeof codes[key] === 'string' ? (codes[key] as string) : null);
  const what =
    kind === 'recused' && text('is')
      ? named('recusedIs', text('is') ?? '')
      : entry.action && kind !== 'submitted'
        ? action(taskKind ?? '', entry.action)
        : named('fact', kind);
  const parts = [
    kind === 'opened' && step ? named('step', step) : '',
    kind === 'submitted' && text('grade') ? named('grade', text('grade') ?? '') : '',
    kind === 'submitted' && codes.specialConsideration === true ? t('agenda.special') : '',
    kind === 'submitted' && codes.outsideTerritory === true ? t('agenda.outside') : '',
    kind === 'ballotClosed' && text('outcome')
      ? named(isOption(codes) ? 'vote' : 'outcome', text('outcome') ?? '')
      : '',
    kind === 'ballotClosed' && isOption(codes) && codes.decided === false ? t('review.undecided') : '',
    kind === 'ballotClosed' && text('reason') ? named('reason', text('reason') ?? '') : '',
    kind === 'concluded' && text('state') ? word(stateWord(process, text('state') ?? '', null)) : '',
    kind === 'attached' && text('purpose') ? named('purpose', text('purpose') ?? '') : '',
    kind === 'archiveUpdated' ? fieldNames(codes.fields, { t, named }) : '',
    typeof codes.agrees === 'boolean' ? t(codes.agrees ? 'field.agree' : 'field.disagree') : '',
    taskKind && named('kind', taskKind) !== what ? named('kind', taskKind) : '',
  ];
  return { what, detail: parts.filter(Boolean).join(' · ') };
}

/** The fields of the archive that a report changed. */
function fieldNames(fields: unknown, { t, named }: Pick<Words, 't' | 'named'>): string {
  if (!Array.isArray(fields) || fields.length === 0) return t('yearly.noChanges');
  return fields.map((path) => named('f', String(path))).join(t('list.comma'));
}

/** Opinion, reason and the like. What is a code of a known kind is worded, what is not a text is left to the screens made for it. */
function TextParts({ text }: { readonly text: Readonly<Record<string, unknown>> }) {
  const { t, named } = useWords();
  const parts = Object.entries(text).filter(
    ([name, value]) => name !== 'bulkId' && typeof value === 'string' && value !== '',
  ) as [string, string][];
  return (
    <>
      {parts.map(([name, value]) => (
        <div key={name} className="break">
          <span className="soft small">
            {named('field', name)}
            {t('list.colon')}
          </span>
          {name === 'choice' ? named('vote', value) : value}
        </div>
      ))}
    </>
  );
}
