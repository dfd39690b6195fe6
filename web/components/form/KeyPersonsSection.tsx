import { Input, Select } from 'antd';
import { useWords } from '../../words.ts';
import { Entries } from './Entries.tsx';
import { Item } from './Item.tsx';

const roles = ['head', 'handler', 'executive', 'core'] as const;

/** Key persons by post (Article 10); sensitive particulars are not collected (暂不采集). */
export function KeyPersonsSection() {
  const { t, named } = useWords();
  return (
    <Entries name="keyPersons" noun={t('form.keyPerson')}>
      {(index) => (
        <>
          <Item name={[index, 'post']} word="f.keyPersons.post">
            <Input maxLength={200} />
          </Item>
          <Item name={[index, 'role']} word="f.keyPersons.role">
            <Select options={roles.map((role) => ({ value: role, label: named('keyPerson', role) }))} />
          </Item>
          <Item name={[index, 'phone']} word="f.keyPersons.phone">
            <Input maxLength={40} type="tel" />
          </Item>
        </>
      )}
    </Entries>
  );
}
