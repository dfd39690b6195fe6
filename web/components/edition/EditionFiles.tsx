import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { EditionSummary } from '../../../api/contract/editions.ts';
import { useWords } from '../../words.ts';

/** The notice with the list as its annex, and the list as a workbook. */
export function EditionFiles({ edition }: { readonly edition: Pick<EditionSummary, 'caseId' | 'number'> }) {
  const { t } = useWords();
  const path = `/api/v1/editions/${edition.number ?? edition.caseId}`;
  const name = `list-${edition.number ?? 'draft'}`;
  return (
    <>
      <Button icon={<DownloadOutlined />} href={`${path}.docx`} download={`${name}.docx`}>
        {t('edition.docx')}
      </Button>
      <Button icon={<DownloadOutlined />} href={`${path}.xlsx`} download={`${name}.xlsx`}>
        {t('edition.xlsx')}
      </Button>
    </>
  );
}
