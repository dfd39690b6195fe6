import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { CaseView } from '../../api/contract/cases.ts';
import type { Me } from '../../api/contract/me.ts';
import { useBallots, useCase, useTimeline } from '../api/cases.ts';
import { useRecommendation } from '../api/recommendations.ts';
import { Loaded } from '../components/Loaded.tsx';
import { ApprovalSheet } from '../components/print/ApprovalSheet.tsx';
import { useWords } from '../words.ts';
import '../styles/print.css';

/** 审批表: one recommendation on paper. It shows what the reader may read, and no more; reading it is on record like reading the case. */
export default function ApprovalForm({ me }: { readonly me: Me }) {
  const { id = '' } = useParams();
  return <Loaded query={useCase(id)}>{(value) => <Paper value={value} me={me} />}</Loaded>;
}

function Paper({ value, me }: { readonly value: CaseView; readonly me: Me }) {
  const { t, called } = useWords();
  const mayRead = value.verbs.includes('comment');
  const form = useRecommendation(value.id, mayRead);
  const timeline = useTimeline(value.id, value.seq);
  const ballots = useBallots(value.id, false);
  if (!mayRead || !value.recommendation) return <p className="panel soft">{t('case.noContents')}</p>;
  const ready = form.data && timeline.data && ballots.data;
  return (
    <>
      <div className="row no-print" style={{ marginBottom: 14 }}>
        <Link to={`/cases/${value.id}`}>{t('form.backToCase')}</Link>
        <Button type="primary" icon={<PrinterOutlined />} disabled={!ready} onClick={() => window.print()}>
          {t('print.print')}
        </Button>
        <span className="small soft">{t('print.about')}</span>
      </div>
      <Loaded query={form}>
        {({ form: filled }) =>
          ready && (
            <ApprovalSheet
              value={value}
              form={filled}
              facts={timeline.data ?? []}
              ballots={ballots.data?.items ?? []}
              reader={`${called(me.person)}（${called(me.unit)}）`}
            />
          )
        }
      </Loaded>
    </>
  );
}
