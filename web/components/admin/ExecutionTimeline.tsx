import type { WorkflowEventView } from '../../../api/contract/workflows.ts';
import { useCase } from '../../api/cases.ts';
import { type Stage, sleepsUntil, stagesOf, type TimelineRow } from '../../executionTimeline.ts';
import { dueText, durationText, momentText, secondText } from '../../format.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly events: readonly WorkflowEventView[];
  readonly running: boolean;
  readonly caseId: string | null;
};

/** How an execution came to where it is: state by state, in words, the latest last; the events each line is told from can be opened. */
export function ExecutionTimeline({ events, running, caseId }: Props) {
  const { t, named } = useWords();
  const stages = stagesOf(events);
  return (
    <section className="stack" aria-label={t('workflow.timeline')}>
      {running && <WaitsFor events={events} caseId={caseId} />}
      {stages.map((stage) => (
        <section key={`${stage.state}/${stage.from}`} className="panel">
          <div className="row stage-head">
            <h3>{stage.state ? named('rec', stage.state) : t('exe.beginning')}</h3>
            <span className="small soft">
              {momentText(stage.from)}
              {stage.to && ` – ${momentText(stage.to)} · ${lasted(stage, t)}`}
            </span>
          </div>
          <ol className="timeline exe">
            {stage.rows.map((row) => (
              <Row key={row.events.join()} row={row} events={events} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

const lasted = ({ from, to }: Stage, t: ReturnType<typeof useWords>['t']): string =>
  durationText(Date.parse(to ?? from) - Date.parse(from), t);

function Row({ row, events }: { readonly row: TimelineRow; readonly events: readonly WorkflowEventView[] }) {
  const { t, named } = useWords();
  const text = t(row.word, {
    ...row.params,
    ...(row.what ? { what: wordOf(named, row.what.prefix, row.what.code) } : {}),
    ...(row.until ? { until: dueText(row.until) } : {}),
  });
  return (
    <li className={row.tone}>
      <details>
        <summary>
          <span className="row">
            <span>{text}</span>
            <span className="small soft">{secondText(row.at)}</span>
          </span>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre className="raw" tabIndex={0}>
          {JSON.stringify(
            events.filter(({ eventId }) => row.events.includes(eventId)),
            null,
            2,
          )}
        </pre>
      </details>
    </li>
  );
}

/** An outcome is the action that gave it, a ballot's result or a word of the engine. */
function wordOf(named: ReturnType<typeof useWords>['named'], prefix: string, code: string): string {
  if (prefix !== 'outcome') return named(prefix, code);
  for (const each of ['outcome', 'act']) if (named(each, code) !== code) return named(each, code);
  return code;
}

/** What it waits for now: who holds its case, and until when it sleeps. */
function WaitsFor({ events, caseId }: Pick<Props, 'events' | 'caseId'>) {
  const { t } = useWords();
  const until = sleepsUntil(events);
  return (
    <section className="panel stack" aria-label={t('exe.now')}>
      <h3>{t('exe.now')}</h3>
      {caseId && <CaseHolders caseId={caseId} />}
      {until && <p className="small soft">{t('exe.sleeps', { until: dueText(until) })}</p>}
    </section>
  );
}

function CaseHolders({ caseId }: { readonly caseId: string }) {
  const { t, named, called } = useWords();
  const value = useCase(caseId);
  return (
    <ul className="plain">
      {(value.data?.holders ?? []).map((holder) => (
        <li key={holder.taskId}>
          {named('kind', holder.kind)}
          {holder.persons.length > 0 && ` · ${holder.persons.map(called).join(t('list.comma'))}`}
          {holder.persons.length === 0 && holder.role && ` · ${named('role', holder.role)}`}
          {holder.dueAt && <span className="soft"> · {t('exe.due', { until: dueText(holder.dueAt) })}</span>}
        </li>
      ))}
    </ul>
  );
}
