import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { CampaignReport as Report, ReportedReview, ReviewFigures } from '../../api/contract/campaignReport.ts';
import { useOne } from '../api/list.ts';
import { OutcomeBars } from '../components/campaignReport/OutcomeBars.tsx';
import { ScoreBands } from '../components/campaignReport/ScoreBands.tsx';
import { Figure } from '../components/dashboard/Figure.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { type Column, Sheet } from '../components/Sheet.tsx';
import '../styles/campaignReport.css';
import '../styles/dashboard.css';
import { useWords } from '../words.ts';

const told = [
  ...(['accounts', 'maintain', 'intensify', 'terminate', 'notDecided', 'dataAtHand', 'ended', 'excluded'] as const),
  ...(['open', 'upgraded', 'downgraded', 'meanScore'] as const),
] as const;

/** What an annual review came to, by unit and grade, beside the year before (Article 10.3). */
export default function CampaignReport() {
  const { year = '' } = useParams();
  const { t, language } = useWords();
  const report = useOne<Report>(['campaignReport', year], `/campaigns/${year}/report`);
  const book = `/api/v1/campaigns/${year}/report.xlsx?language=${language === 'en' ? 'en' : 'zh'}`;
  return (
    <>
      <PageHead title={t('campaignReport.title', { year })}>
        <Button icon={<DownloadOutlined />} href={book} download={`${t('campaignReport.title', { year })}.xlsx`}>
          {t('campaignReport.export')}
        </Button>
      </PageHead>
      <Loaded query={report}>{(value) => <Parts report={value} />}</Loaded>
    </>
  );
}

function Parts({ report }: { readonly report: Report }) {
  const { t, called } = useWords();
  const { total, before, units, grades, scores, scoresBefore, notable } = report;
  return (
    <>
      <section className="panel" aria-label={t('campaignReport.total')}>
        <dl className="report-figures">
          {told.map((count) => (
            <div key={count}>
              <dt>{t(`campaignReport.${count}`)}</dt>
              <dd>
                {total[count] ?? '—'}{' '}
                {before && <small>{t('campaignReport.before', { count: before[count] ?? '—' })}</small>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <Figure
        title={t('campaignReport.byUnit')}
        about={t('campaignReport.byUnitAbout')}
        picture={<OutcomeBars units={units} />}
        table={
          <FiguresSheet
            caption={t('campaignReport.byUnit')}
            head={t('word.unit')}
            rows={units.map(({ unit, ...row }) => ({ name: called(unit) || '—', ...row }))}
          />
        }
      />
      <section className="panel" aria-label={t('campaignReport.byGrade')}>
        <h2>{t('campaignReport.byGrade')}</h2>
        <GradesSheet grades={grades} />
      </section>
      <section className="panel" aria-label={t('campaignReport.scores')}>
        <h2>{t('campaignReport.scores')}</h2>
        <ScoreBands scores={scores} before={scoresBefore} />
      </section>
      {notable.length > 0 && <Notable reviews={notable} />}
    </>
  );
}

/** What is counted, line by line, with a column for each grade: few enough to stand beside each other on a phone too. */
function GradesSheet({ grades }: { readonly grades: Report['grades'] }) {
  const { t, named } = useWords();
  const columns: Column<(typeof told)[number]>[] = [
    { title: t('campaignReport.counted'), cell: (count) => t(`campaignReport.${count}`) },
    ...grades.map(({ grade, figures, before }) => ({
      title: named('grade', grade),
      number: true,
      cell: (count: (typeof told)[number]) => <Counted figures={figures} before={before} count={count} />,
    })),
  ];
  return <Sheet narrow caption={t('campaignReport.byGrade')} columns={columns} rows={told} rowKey={(count) => count} />;
}

function Counted({ figures, before, count }: Omit<NamedFigures, 'name'> & { readonly count: (typeof told)[number] }) {
  return (
    <>
      {figures[count] ?? '—'}
      {before && <span className="soft small"> ({before[count] ?? '—'})</span>}
    </>
  );
}

type NamedFigures = {
  readonly name: string;
  readonly figures: ReviewFigures;
  readonly before: ReviewFigures | null;
};

function FiguresSheet({
  caption,
  head,
  rows,
}: {
  readonly caption: string;
  readonly head: string;
  readonly rows: readonly NamedFigures[];
}) {
  const { t } = useWords();
  const columns: Column<NamedFigures>[] = [
    { title: head, cell: ({ name }) => name },
    ...told.map((count) => ({
      title: t(`campaignReport.${count}`),
      number: true,
      cell: ({ figures, before }: NamedFigures) => <Counted figures={figures} before={before} count={count} />,
    })),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard too
    <section className="figures-sheet" aria-label={caption} tabIndex={0}>
      <Sheet dense caption={caption} columns={columns} rows={rows} rowKey={({ name }) => name} />
    </section>
  );
}

/** The accounts that are more than a count: another grade, no decision, left out. */
function Notable({ reviews }: { readonly reviews: readonly ReportedReview[] }) {
  const { t, named, called } = useWords();
  const whys = ({ gradeBefore, gradeAfter, decided, state, outcome }: ReportedReview): string =>
    [
      gradeAfter && gradeAfter !== gradeBefore
        ? t('campaignReport.regraded', { from: named('grade', gradeBefore), to: named('grade', gradeAfter) })
        : '',
      decided === false ? t('campaignReport.notDecided') : '',
      state === 'excluded' ? t('campaignReport.excluded') : '',
      state === 'finished' && outcome === null ? t('campaignReport.ended') : '',
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <section className="panel" aria-label={t('campaignReport.notable')}>
      <h2>{t('campaignReport.notable')}</h2>
      <Sheet
        dense
        caption={t('campaignReport.notable')}
        rows={reviews}
        rowKey={({ account }) => account.id}
        columns={[
          {
            title: t('word.account'),
            cell: ({ account, caseId }) =>
              caseId ? <Link to={`/cases/${caseId}`}>{account.name}</Link> : account.name,
          },
          { title: t('word.unit'), cell: ({ unit }) => called(unit) || '—' },
          { title: t('campaignReport.why'), cell: whys },
        ]}
      />
    </section>
  );
}
