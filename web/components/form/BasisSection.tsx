import { Checkbox, Input, Select } from 'antd';
import { useWords } from '../../words.ts';
import { FileNames } from './FileNames.tsx';
import { Item } from './Item.tsx';

const levels = ['普通商密', '核心商密'] as const;

/** What the recommendation rests on (Article 7.1): the invitation or intention, the unit's decision, conflicts, secrecy. */
export function BasisSection({ caseId }: { readonly caseId: string }) {
  const { t, named } = useWords();
  return (
    <>
      <h3>{t('form.intent')}</h3>
      <div className="grid">
        <Item name={['intent', 'kind']} word="f.intent.kind">
          <Input maxLength={200} />
        </Item>
        <Item name={['intent', 'number']} word="f.intent.number">
          <Input maxLength={200} />
        </Item>
        <Item name={['intent', 'date']} word="f.intent.date">
          <Input type="date" />
        </Item>
        <Item name={['intent', 'file']} word="f.intent.file">
          <FileNames caseId={caseId} purpose="intent" />
        </Item>
        <Item name={['intent', 'sealed']} word="f.intent.sealed" valuePropName="checked">
          <Checkbox>{t('word.yes')}</Checkbox>
        </Item>
      </div>
      <h3>{t('form.unitDecision')}</h3>
      <div className="grid">
        <Item name={['unitDecision', 'minutes']} word="f.unitDecision.minutes">
          <Input maxLength={200} />
        </Item>
        <Item name={['unitDecision', 'date']} word="f.unitDecision.date">
          <Input type="date" />
        </Item>
        <Item name={['unitDecision', 'endorsedBy']} word="f.unitDecision.endorsedBy">
          <Input maxLength={200} />
        </Item>
      </div>
      <Item name="conflictDeclaration" word="f.conflictDeclaration">
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
      </Item>
      <h3>{t('form.secrecy')}</h3>
      <div className="grid">
        <Item name={['secrecy', 'level']} word="f.secrecy.level">
          <Select options={levels.map((level) => ({ value: level, label: named('secrecy', level) }))} />
        </Item>
        <Item name={['secrecy', 'term']} word="f.secrecy.term">
          <Input maxLength={200} />
        </Item>
      </div>
    </>
  );
}
