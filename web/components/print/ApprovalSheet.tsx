import type { ReactNode } from 'react';
import type { BallotView } from '../../../api/contract/ballots.ts';
import type { CaseView, TimelineEntry } from '../../../api/contract/cases.ts';
import type { DraftForm } from '../../../api/contract/recommendationForm.ts';
import { criteria } from '../../../domain/recommendation.ts';
import { amountText, dayText, momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { regionText } from '../regionText.ts';
import { BallotRows } from './BallotRows.tsx';
import { PageMarks } from './PageMarks.tsx';

type Props = {
  readonly value: CaseView;
  readonly form: DraftForm;
  readonly facts: readonly TimelineEntry[];
  readonly ballots: readonly BallotView[];
  readonly reader: string;
};

/** The approval form as a sheet of paper: who put forward whom, what was said by whom and when, how it was voted, on what it rests. */
export function ApprovalSheet({ value, form, facts, ballots, reader }: Props) {
  const { t, word, named, called, language } = useWords();
  const { client = {}, secrecy, intent, unitDecision } = form;
  const recommendation = value.recommendation;
  const amount = (yuan: string | undefined) => (yuan ? amountText(yuan, language) : '');
  const mark = secrecy?.level ? `${named('secrecy', secrecy.level)}${secrecy.term ? ` ${secrecy.term}` : ''}` : '';
  const criterion = (code: string) => value.evaluation?.scores.find((score) => score.criterion === code);
  const joined = (parts: readonly (string | undefined | null | false)[]) =>
    parts.filter(Boolean).join(t('list.semicolon'));
  const answers = (kinds: readonly string[]) =>
    facts.filter(({ kind, taskKind }) => kind === 'decided' && kinds.includes(taskKind ?? ''));
  return (
    <article className="paper" aria-label={t('case.approvalForm')}>
      <PageMarks number={value.number} mark={mark} />
      <header>
        <p className="secrecy">{mark}</p>
        <h1>{t('print.title')}</h1>
        <p className="number">
          {t('print.number', { number: value.number })} · {t('print.layout')}
        </p>
      </header>
      <table>
        <colgroup>
          <col style={{ width: '15%' }} />
          <col style={{ width: '35%' }} />
          <col style={{ width: '15%' }} />
          <col style={{ width: '35%' }} />
        </colgroup>
        <tbody>
          <Pair
            cells={[
              [t('unit.recommending'), called(value.unit)],
              [t('role.submitter'), called(value.submitter)],
            ]}
          />
          <Pair
            cells={[
              [t('f.client.name'), client.name],
              [t('f.client.uscc'), client.uscc],
            ]}
          />
          <Pair
            cells={[
              [t('f.client.nature'), client.nature],
              [t('f.client.industry'), client.industry],
            ]}
          />
          <Pair
            cells={[
              [t('f.client.size'), client.size],
              [t('f.client.registeredCapitalYuan'), amount(client.registeredCapitalYuan)],
            ]}
          />
          <Whole
            label={t('form.assets')}
            value={joined([
              client.assets?.asOf,
              client.assets?.totalAssetsYuan &&
                `${t('f.client.assets.totalAssetsYuan')} ${amount(client.assets.totalAssetsYuan)}`,
              client.assets?.netAssetsYuan &&
                `${t('f.client.assets.netAssetsYuan')} ${amount(client.assets.netAssetsYuan)}`,
              client.assets?.debtRatioPct && `${t('f.client.assets.debtRatioPct')} ${client.assets.debtRatioPct}%`,
              client.assets?.source,
            ])}
          />
          <Whole
            label={t('form.shareholders')}
            value={joined((client.shareholders ?? []).map((each) => `${each.name ?? ''} ${each.sharePct ?? ''}%`))}
          />
          <Whole
            label={t('form.members')}
            value={joined(
              (client.members ?? []).map((each) => `${each.name ?? ''}（${each.uscc ?? each.relation ?? ''}）`),
            )}
          />
          <Whole label={t('f.client.reputation')} value={client.reputation} />
          <Pair
            cells={[
              [
                t('word.grade'),
                value.grade
                  ? named('grade', value.grade)
                  : recommendation?.proposedGrade && named('grade', recommendation.proposedGrade),
              ],
              [t('f.expectedSubsequentYuan'), amount(recommendation?.expectedYuan)],
            ]}
          />
          <Whole
            label={t('form.projects')}
            value={
              <table className="inner">
                <thead>
                  <tr>
                    {(['name', 'stage', 'regionCode', 'amountYuan', 'countsTowardGrade'] as const).map((each) => (
                      <th key={each} scope="col">
                        {t(`f.projects.${each}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {(form.projects ?? []).map((project) => (
                    <tr key={`${project.name}-${project.amountYuan}`}>
                      <td>{project.name}</td>
                      <td>{project.stage && named('stage', project.stage)}</td>
                      <td>{project.regionCode && regionText(project.regionCode)}</td>
                      <td className="figure">{amount(project.amountYuan)}</td>
                      <td>{t(project.countsTowardGrade ? 'word.yes' : 'word.no')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            }
          />
          <Whole
            label={t('form.criteria')}
            value={
              <ol className="plain">
                {criteria.map(({ code, zh, en }) => {
                  const judgement = form.evaluation?.[code];
                  const score = criterion(code);
                  return (
                    <li key={code}>
                      <strong>{language === 'en' ? en : zh}</strong>
                      {t('list.colon')}
                      {judgement?.level && named('level', judgement.level)}
                      {score?.mean != null &&
                        `（${t('print.score', {
                          mean: score.mean.toFixed(1),
                          lowest: score.lowest ?? '',
                          highest: score.highest ?? '',
                        })}）`}
                      {judgement?.text && <div>{judgement.text}</div>}
                    </li>
                  );
                })}
              </ol>
            }
          />
          <Whole
            label={t('form.basis')}
            value={joined([
              joined2([t('form.intent'), intent?.kind, intent?.number, intent?.date]),
              joined2([t('form.unitDecision'), unitDecision?.minutes, unitDecision?.date, unitDecision?.endorsedBy]),
            ])}
          />
          <Whole label={t('f.conflictDeclaration')} value={form.conflictDeclaration} />
          <Opinions label={t('kind.endorse')} entries={answers(['endorse'])} />
          <Opinions label={t('kind.screen')} entries={answers(['screen'])} />
          <Opinions label={t('kind.evaluate')} entries={answers(['evaluate'])} />
          {value.evaluation && value.evaluation.silent.length > 0 && (
            <Whole label={t('print.silent')} value={value.evaluation.silent.map(called).join(t('list.comma'))} />
          )}
          <Opinions label={t('kind.countersign')} entries={answers(['countersign'])} />
          {ballots.map((ballot) => (
            <BallotRows key={ballot.id} ballot={ballot} />
          ))}
          <Opinions label={t('kind.nominate')} entries={answers(['nominate', 'appoint'])} />
          <Whole
            label={t('print.result')}
            value={
              <>
                <strong>{word(value.stateKey)}</strong>
                {value.terminal && ` ${dayText(value.closedAt)}`}
                {recommendation?.nominee &&
                  `${t('list.semicolon')}${t('role.accountManager')} ${called(recommendation.nominee)}`}
              </>
            }
          />
          <Whole label={t('account.decision')} value={t('print.basis', { version: value.policyVersion })} />
        </tbody>
      </table>
      <footer>{t('print.foot', { reader, at: momentText(new Date().toISOString()) })}</footer>
    </article>
  );
}

const joined2 = (parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(' ');

type Cell = readonly [label: string, value: ReactNode];

function Pair({ cells }: { readonly cells: readonly [Cell, Cell] }) {
  return (
    <tr>
      {cells.flatMap(([label, value]) => [
        <th key={`${label}-label`} scope="row">
          {label}
        </th>,
        <td key={label}>{value || '—'}</td>,
      ])}
    </tr>
  );
}

function Whole({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td colSpan={3}>{value || '—'}</td>
    </tr>
  );
}

/** What each said, with name and day; where nobody has yet, an empty row to be signed on paper. */
function Opinions({ label, entries }: { readonly label: string; readonly entries: readonly TimelineEntry[] }) {
  const { t, called, action } = useWords();
  const wordsOf = ({ text }: TimelineEntry) =>
    ['opinion', 'reason', 'note'].flatMap((name) => (typeof text?.[name] === 'string' ? [String(text[name])] : []));
  const verdict = (entry: TimelineEntry) =>
    entry.taskKind === 'countersign'
      ? t(entry.codes.agrees === false ? 'field.disagree' : 'field.agree')
      : action(entry.taskKind ?? '', entry.action ?? '');
  return (
    <tr>
      <th scope="row">{label}</th>
      <td colSpan={3}>
        {entries.length === 0 && <div className="blank" />}
        {entries.map((entry) => (
          <div key={entry.seq} className="said">
            <div>
              <strong>{verdict(entry)}</strong>
              {wordsOf(entry).map((text) => ` ${text}`)}
              {entry.withheld && ` ${t('case.withheld')}`}
            </div>
            <div className="signed">
              {called(entry.actor)}
              {entry.onBehalfOf && `（${t('task.onBehalfOf', { name: called(entry.onBehalfOf) })}）`}{' '}
              {dayText(entry.at)}
            </div>
          </div>
        ))}
      </td>
    </tr>
  );
}
