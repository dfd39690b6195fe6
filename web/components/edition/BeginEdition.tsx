import { Form, Select } from 'antd';
import type { NextEdition } from '../../../api/contract/editions.ts';
import { useWords } from '../../words.ts';
import { StartCase } from '../account/StartCase.tsx';
import { Facts } from '../Facts.tsx';
import { NextCounts } from './NextEdition.tsx';

type Props = {
  /** The numbers of the editions that may be corrected, the newest first. */
  readonly published: readonly number[];
  readonly next: NextEdition;
  readonly onClose: () => void;
};

/** Begins an edition of the list: which it will be, what it has otherwise, what its notice begins with. One that corrects another says which. */
export function BeginEdition({ published, next, onClose }: Props) {
  const { t, named } = useWords();
  const { number, readers, secrecyLevel, secrecyTerm } = next;
  return (
    <StartCase path="/editions" title={t('edition.begin')} submit={t('edition.beginNow')} onClose={onClose}>
      <p>{t('edition.beginAbout')}</p>
      <Facts
        rows={[
          { label: t('edition.willBe'), value: t('list.edition', { n: number }) },
          { label: t('edition.changes'), value: <NextCounts next={next} />, wide: true },
          { label: t('field.readers'), value: readers, wide: true },
          {
            label: t('field.secrecyLevel'),
            value: secrecyLevel && `${named('secrecy', secrecyLevel)} · ${secrecyTerm}`,
            wide: true,
          },
        ]}
      />
      {readers && <p className="small soft">{t('edition.taken')}</p>}
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
