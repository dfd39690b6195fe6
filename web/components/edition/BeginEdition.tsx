import { Form, Select } from 'antd';
import { useWords } from '../../words.ts';
import { StartCase } from '../account/StartCase.tsx';

type Props = {
  /** The numbers of the editions that may be corrected, the newest first. */
  readonly published: readonly number[];
  readonly onClose: () => void;
};

/** Begins an edition of the list; one that corrects another says which. */
export function BeginEdition({ published, onClose }: Props) {
  const { t } = useWords();
  return (
    <StartCase path="/editions" title={t('edition.begin')} submit={t('edition.beginNow')} onClose={onClose}>
      <p>{t('edition.beginAbout')}</p>
      {published.length > 0 && (
        <Form.Item name="corrects" label={t('edition.correctsWhich')} extra={t('edition.correctionAbout')}>
          <Select
            allowClear
            placeholder={t('edition.correctsNone')}
            options={published.map((n) => ({ value: n, label: t('list.edition', { n }) }))}
          />
        </Form.Item>
      )}
    </StartCase>
  );
}
