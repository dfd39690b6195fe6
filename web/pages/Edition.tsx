import { Link, useParams } from 'react-router';
import type { EditionView } from '../../api/contract/editions.ts';
import { useOne } from '../api/list.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Differences } from '../components/edition/Differences.tsx';
import { EditionFiles } from '../components/edition/EditionFiles.tsx';
import { EditionLines } from '../components/edition/EditionLines.tsx';
import { Facts } from '../components/Facts.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import '../styles/editions.css';
import '../styles/registers.css';

/** One edition of the list: what it says of itself, what changed, and its lines. */
export default function Edition() {
  const { id = '' } = useParams();
  const edition = useOne<EditionView>(['edition', id], `/editions/${id}`);
  return <Loaded query={edition}>{(value) => <Read edition={value} />}</Loaded>;
}

function Read({ edition }: { readonly edition: EditionView }) {
  const { t, called, word, named } = useWords();
  const { number, lines, secrecyLevel, secrecyTerm } = edition;
  return (
    <>
      <PageHead title={number === null ? t('edition.draft') : t('edition.title', { n: number })}>
        <EditionFiles edition={edition} />
      </PageHead>
      <section className="panel stack" aria-label={t('edition.about')}>
        <div className="row">
          {number === null && <span className="chip amber">{word(edition.stateKey)}</span>}
          <span className="chip brand">
            {t('grade.company')} {lines.company}
          </span>
          <span className="chip brand">
            {t('grade.branch')} {lines.branch}
          </span>
          {lines.struck > 0 && <span className="chip red">{t('edition.struckCount', { n: lines.struck })}</span>}
          <ArticleTag article="8" />
        </div>
        {edition.correctedBy !== null && (
          <p>
            <Link to={`/editions/${edition.correctedBy}`}>{t('edition.correctedBy', { n: edition.correctedBy })}</Link>
          </p>
        )}
        <Facts
          rows={[
            { label: t('edition.publishedOn'), value: edition.publishedAt && momentText(edition.publishedAt) },
            { label: t('edition.signedBy'), value: edition.signedBy && called(edition.signedBy) },
            { label: t('edition.cutoff'), value: momentText(edition.cutoffAt) },
            { label: t('field.noticeNo'), value: edition.noticeNo },
            { label: t('field.readers'), value: edition.readers },
            {
              label: t('field.secrecyLevel'),
              value: secrecyLevel && `${named('secrecy', secrecyLevel)} · ${secrecyTerm}`,
            },
            edition.corrects !== null && {
              label: t('edition.correctsWhich'),
              value: <Link to={`/editions/${edition.corrects}`}>{t('list.edition', { n: edition.corrects })}</Link>,
            },
            {
              label: t('word.case'),
              value: edition.readsCase ? (
                <Link className="figure" to={`/cases/${edition.caseId}`}>
                  {edition.caseNumber}
                </Link>
              ) : (
                <span className="figure">{edition.caseNumber}</span>
              ),
            },
            { label: t('edition.begunBy'), value: t(edition.scheduled ? 'edition.byCalendar' : 'edition.byOffice') },
          ]}
        />
        {edition.hash && (
          <details className="more">
            <summary className="summary-link small">{t('edition.proof')}</summary>
            <p className="small soft">{t('edition.proofAbout')}</p>
            <Facts
              rows={[
                { label: t('edition.hash'), value: <code className="edition-hash">{edition.hash}</code>, wide: true },
                {
                  label: t('edition.previousHash'),
                  value: edition.previousHash && <code className="edition-hash">{edition.previousHash}</code>,
                  wide: true,
                },
              ]}
            />
          </details>
        )}
        <p className="small soft">{t('edition.layout')}</p>
      </section>
      <Differences edition={edition} />
      <EditionLines edition={edition} />
    </>
  );
}
