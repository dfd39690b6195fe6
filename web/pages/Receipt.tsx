import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { ReceiptOfCheck } from '../../api/contract/exclusivity.ts';
import { useOne } from '../api/list.ts';
import { Loaded } from '../components/Loaded.tsx';
import { secondText } from '../format.ts';
import '../styles/print.css';
import '../styles/exclusivity.css';
import { useWords } from '../words.ts';

/** 专属核查回执 on paper: who asked about whom and when, what the answer was, and how anybody verifies it. */
export default function Receipt() {
  const { t, named, called } = useWords();
  const { id = '' } = useParams();
  const receipt = useOne<ReceiptOfCheck>(['exclusivity', 'receipt', id], `/exclusivity-checks/${id}`);
  return (
    <Loaded query={receipt}>
      {(value) => (
        <>
          <div className="row no-print" style={{ marginBottom: 14 }}>
            <Link to="/exclusivity?part=own">{t('exclusivity.own')}</Link>
            {value.caseId && <Link to={`/cases/${value.caseId}`}>{t('word.case')}</Link>}
            <Button
              style={{ marginLeft: 'auto' }}
              type="primary"
              icon={<PrinterOutlined />}
              onClick={() => window.print()}
            >
              {t('print.print')}
            </Button>
          </div>
          <article className="paper receipt" aria-label={t('exclusivity.receipt')}>
            <header>
              <h1>{t('exclusivity.receipt')}</h1>
              <p className="number">{t('exclusivity.no', { no: value.receiptNo })}</p>
            </header>
            <table>
              <tbody>
                {(
                  [
                    [t('exclusivity.what'), named('exclusivity.kind', value.kind)],
                    [t('exclusivity.instant'), t('exclusivity.shanghai', { at: secondText(value.at) })],
                    [t('word.unit'), called(value.unit)],
                    [t('exclusivity.who'), called(value.person)],
                    [t('exclusivity.names'), value.names.join('\n') || '—'],
                    [t('f.client.uscc'), value.code ?? '—'],
                    [t('exclusivity.answer'), named('outcome.check', value.outcome)],
                    [t('exclusivity.chain'), `${value.auditStream} · ${value.auditSeq}`],
                    [t('exclusivity.hash'), value.hash.replaceAll(/(.{8})/g, '$1 ').trim()],
                  ] as const
                ).map(([label, text]) => (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    <td>{text}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p>{t('exclusivity.proves')}</p>
            <p>{t('exclusivity.howToVerify')}</p>
          </article>
        </>
      )}
    </Loaded>
  );
}
