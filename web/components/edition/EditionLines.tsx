import { Link } from 'react-router';
import type { EditionLineView, EditionView } from '../../../api/contract/editions.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { Sheet } from '../Sheet.tsx';

const PARTS = ['company', 'branch'] as const;

/** The lines of an edition, part by part; what was struck out stays to be seen. */
export function EditionLines({ edition }: { readonly edition: EditionView }) {
  return PARTS.map((part) => <Part key={part} part={part} edition={edition} />);
}

function Part({ part, edition }: { readonly part: (typeof PARTS)[number]; readonly edition: EditionView }) {
  const { t, named } = useWords();
  const lines = edition.items.filter((line) => line.part === part);
  const title = t(`edition.part.${part}`);
  const ballot = edition.ballots.find((each) => each.part === part);
  return (
    <section className="panel stack" aria-label={title}>
      <div className="row">
        <h2>{title}</h2>
        <ArticleTag article="4.6" />
        {ballot && (
          <span className={`chip ${ballot.outcome === 'passed' ? 'green' : ''}`}>
            {t(`edition.act.${part}`)}{' '}
            {ballot.outcome === 'open' ? t('edition.voting') : named('outcome', ballot.outcome)}
            {ballot.for !== null &&
              ` · ${t('edition.votes', { for: ballot.for, against: ballot.against ?? 0, abstain: ballot.abstain ?? 0 })}`}
          </span>
        )}
      </div>
      {lines.length === 0 ? (
        <p className="soft">{t('edition.emptyPart')}</p>
      ) : (
        <Sheet
          dense
          caption={title}
          rows={lines}
          rowKey={(line) => line.accountId}
          columns={[
            { title: t('f.client.name'), cell: (line) => <Client line={line} first={edition.comparedWith === null} /> },
            { title: t('acc.managedBy'), cell: (line) => named('grade', line.managedBy) },
            { title: t('account.establishedOn'), cell: (line) => line.establishedOn },
            { title: t('edition.holders'), cell: (line) => <Holders line={line} />, wide: true },
            { title: t('edition.basis'), cell: (line) => <Basis basis={line.basis} />, wide: true },
          ]}
        />
      )}
    </section>
  );
}

function Client({ line, first }: { readonly line: EditionLineView; readonly first: boolean }) {
  const { t } = useWords();
  const link = <Link to={`/accounts/${line.accountId}`}>{line.clientName}</Link>;
  return (
    <>
      {line.struckWhy ? <s>{link}</s> : link}
      <div className="row small">
        <span className="soft figure">{line.ord === null ? line.archiveNo : `${line.ord} · ${line.archiveNo}`}</span>
        {line.struckWhy && (
          <span className="chip red">
            {t(line.struckAt ? `edition.struck.${line.struckWhy}` : `edition.willStrike.${line.struckWhy}`)}
          </span>
        )}
        {!first && !line.struckWhy && line.change !== 'same' && (
          <span className={`chip ${line.change === 'new' ? 'green' : 'amber'}`}>{t(`edition.${line.change}`)}</span>
        )}
      </div>
    </>
  );
}

/** The recommending unit with its manager, and those that were added (Article 7.4). */
function Holders({ line }: { readonly line: EditionLineView }) {
  const { t } = useWords();
  const named = ({ unitName, managerName }: Pick<EditionLineView, 'unitName' | 'managerName'>) => (
    <>
      {unitName}
      <div className="small soft">{managerName ?? t('account.noManager')}</div>
    </>
  );
  return (
    <>
      {named(line)}
      {line.coHolders.map((each) => (
        <div key={`${each.unitName} ${each.managerName}`} className="small">
          {t('edition.added')} {named(each)}
        </div>
      ))}
    </>
  );
}

function Basis({ basis }: { readonly basis: EditionLineView['basis'] }) {
  const { t } = useWords();
  if (basis.kind === 'document')
    return (
      <>
        {basis.document}
        <div className="small soft">
          {basis.body} <span className="edition-code">{basis.decidedOn}</span>
        </div>
      </>
    );
  if (basis.kind === 'unknown') return '—';
  return basis.caseId ? (
    <Link className="figure edition-code" to={`/cases/${basis.caseId}`}>
      {basis.number}
    </Link>
  ) : (
    <span className="figure edition-code" title={t('edition.notReadable')}>
      {basis.number}
    </span>
  );
}
