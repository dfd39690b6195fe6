import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AttachmentView } from '../../../api/contract/cases.ts';
import type { VisitView } from '../../../api/contract/visits.ts';
import { useAct } from '../../api/act.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { FilePreview } from '../FilePreview.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = { readonly accountId: string; readonly visit: VisitView; readonly mayEnter: boolean };
type Contents = NonNullable<VisitView['contents']>;

const colours: Readonly<Record<VisitView['state'], string>> = { done: 'green', planned: 'brand', cancelled: '' };

/** One visit: planned, made or cancelled, and what was said of it. */
export function VisitCard({ accountId, visit, mayEnter }: Props) {
  const { t, called } = useWords();
  const [asking, setAsking] = useState<'cancel' | 'never' | null>(null);
  const isMissed = visit.state === 'planned' && (visit.plannedOn ?? '') < today();
  const entry = `/accounts/${accountId}/visits/new`;
  return (
    <li className="card plain visit" id={`visit-${visit.id}`}>
      <div>
        <div className="row">
          <strong className="figure">{visit.visitedOn ?? visit.plannedOn ?? '—'}</strong>
          <span className={`chip ${isMissed ? 'amber' : colours[visit.state]}`}>
            {t(isMissed ? 'visit.missed' : `visit.state.${visit.state}`)}
          </span>
          {visit.earlier.length > 0 && <span className="chip amber">{t('visit.corrected')}</span>}
          {visit.contents && <span className="soft">{visit.contents.place}</span>}
        </div>
        {visit.purpose && <p className="small">{visit.purpose}</p>}
        {visit.contents && <Said contents={visit.contents} />}
        {visit.reason && (
          <p className="small soft">
            {t('visit.reason')}
            {visit.reason}
          </p>
        )}
        <Photos files={visit.files} />
        <div className="small soft">
          {called(visit.by)} · {momentText(visit.enteredAt)}
        </div>
        {visit.earlier.length > 0 && (
          <details className="small">
            <summary className="summary-link">{t('visit.earlier')}</summary>
            {visit.earlier.map((before) => (
              <div key={before.id} className="quote">
                <span className="figure">{before.visitedOn}</span> · {called(before.by)} ·{' '}
                {momentText(before.enteredAt)}
                {before.contents && <Said contents={before.contents} />}
              </div>
            ))}
          </details>
        )}
      </div>
      {mayEnter && asking === null && (
        <div className="row card-acts">
          {visit.state === 'planned' && (
            <>
              {(visit.plannedOn ?? '') <= today() && <Link to={`${entry}?plan=${visit.id}`}>{t('visit.log')}</Link>}
              <Button type="link" size="small" onClick={() => setAsking('cancel')}>
                {t('visit.cancel')}
              </Button>
            </>
          )}
          {visit.state === 'done' && (
            <>
              <Link to={`${entry}?corrects=${visit.id}`}>{t('visit.correct')}</Link>
              <Button type="link" size="small" onClick={() => setAsking('never')}>
                {t('visit.never')}
              </Button>
            </>
          )}
        </div>
      )}
      {asking && <Ending accountId={accountId} visit={visit} act={asking} onClose={() => setAsking(null)} />}
    </li>
  );
}

function Said({ contents }: { readonly contents: Contents }) {
  const { t, called } = useWords();
  const { met, ours, summary, nextStep } = contents;
  return (
    <>
      <p className="break summary">{summary}</p>
      {nextStep && (
        <p className="break small next-step">
          <strong>{t('visit.nextStep')}</strong> {nextStep}
        </p>
      )}
      <p className="small soft">
        {t('visit.metWith', { names: met.join(t('list.comma')) || '—' })}
        {ours.length > 0 && ` · ${t('visit.oursWere', { names: ours.map(called).join(t('list.comma')) })}`}
      </p>
    </>
  );
}

function Photos({ files }: { readonly files: readonly AttachmentView[] }) {
  const { t } = useWords();
  const [shown, setShown] = useState<AttachmentView | null>(null);
  if (files.length === 0) return null;
  return (
    <div className="row">
      {files.map((file) => (
        <Button
          key={file.id}
          size="small"
          className="file-name"
          aria-label={t('file.previewOf', { name: file.name })}
          onClick={() => setShown(file)}
        >
          {file.name}
        </Button>
      ))}
      {shown && <FilePreview file={shown} onClose={() => setShown(null)} />}
    </div>
  );
}

type EndingProps = {
  readonly accountId: string;
  readonly visit: VisitView;
  readonly act: 'cancel' | 'never';
  readonly onClose: () => void;
};

/** A planned visit is cancelled, or one that was entered never was; with the reason. */
function Ending({ accountId, visit, act, onClose }: EndingProps) {
  const { t } = useWords();
  const end = useAct([['account', accountId], ['myVisits']]);
  return (
    <Form
      name={`${act}-${visit.id}`}
      layout="vertical"
      className="card-acts"
      onFinish={({ reason }) =>
        end.mutate(
          act === 'cancel'
            ? { method: 'POST', path: `/visits/${visit.id}/cancel`, body: { reason } }
            : { method: 'POST', path: `/visits/${visit.id}/correct`, body: { reason, to: null } },
          { onSuccess: onClose },
        )
      }
    >
      <Form.Item name="reason" label={t('visit.reasonFor')} rules={[{ required: true, message: t('form.required') }]}>
        <Input autoFocus maxLength={400} />
      </Form.Item>
      <div className="row">
        <Button type="primary" htmlType="submit" loading={end.isPending}>
          {t(act === 'cancel' ? 'visit.cancel' : 'visit.never')}
        </Button>
        <Button onClick={onClose}>{t('do.back')}</Button>
      </div>
      <ProblemNotice error={end.error} />
    </Form>
  );
}
