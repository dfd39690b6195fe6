import { FormOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import type { accountReportRoutes } from '../../../api/contract/accountReports.ts';
import type { ResponseOf } from '../../../api/contract/route.ts';
import { archiveParts } from '../../../domain/archive.ts';
import { useAct } from '../../api/act.ts';
import { useOne } from '../../api/list.ts';
import { dayText } from '../../format.ts';
import '../../styles/reports.css';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { FormDialog, useRequired } from '../FormDialog.tsx';
import { Loaded } from '../Loaded.tsx';
import { AccountDuties } from './AccountDuties.tsx';
import type { SectionProps } from './sections.ts';

type Answer = ResponseOf<typeof accountReportRoutes.reports>;

/** 定时上报 (Article 6.2): what falls due for the account, and what was reported of it, period by period. */
export default function ReportsSection({ account }: SectionProps) {
  const { t, called } = useWords();
  const [isReporting, setReporting] = useState(false);
  const reports = useOne<Answer>(['account', account.id, 'reports'], `/accounts/${account.id}/reports`);
  return (
    <section className="panel stack" aria-label={t('report.title')}>
      <Loaded query={reports}>
        {({ items, mayReport }) => (
          <>
            <div className="row section-head">
              <h2>
                {t('report.title')} <ArticleTag article="6.2" />
              </h2>
              {mayReport && (
                <Button type="primary" icon={<FormOutlined />} onClick={() => setReporting(true)}>
                  {t('report.do')}
                </Button>
              )}
            </div>
            <AccountDuties accountId={account.id} />
            {items.length === 0 && <p className="soft">{t('report.empty')}</p>}
            <ul className="cards">
              {items.map((report) => (
                <li key={report.id} className="card plain">
                  <div>
                    <div className="title">{t('report.period', { from: report.fromOn, to: report.toOn })}</div>
                    <div className="small soft">
                      {t('report.by', { name: called(report.by), day: dayText(report.enteredAt) })}
                    </div>
                    <div className="row parts">
                      {report.parts.map((part) => (
                        <span key={part} className="chip">
                          {t(`report.part.${part}`)}
                        </span>
                      ))}
                    </div>
                    <p className="pre">{report.changes}</p>
                  </div>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {isReporting && <Reporting accountId={account.id} onClose={() => setReporting(false)} />}
    </section>
  );
}

function Reporting({ accountId, onClose }: { readonly accountId: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const act = useAct([['account', accountId]]);
  return (
    <FormDialog
      title={t('report.do')}
      submit={t('report.submit')}
      name="account-report"
      act={act}
      onSubmit={(body) =>
        act.mutate({ method: 'POST', path: `/accounts/${accountId}/reports`, body }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <p className="soft">{t('report.about')}</p>
      <Form.Item name="parts" label={t('report.parts')} rules={[{ required: true, message: t('form.required') }]}>
        <Checkbox.Group options={archiveParts.map((value) => ({ value, label: t(`report.part.${value}`) }))} />
      </Form.Item>
      <Form.Item name="changes" label={t('report.changes')} rules={useRequired()}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={4000} />
      </Form.Item>
    </FormDialog>
  );
}
