import { Input, Radio } from 'antd';
import { criteria } from '../../../domain/recommendation.ts';
import { useWords } from '../../words.ts';
import { FileNames } from './FileNames.tsx';
import { Item } from './Item.tsx';

const levels = ['符合', '基本符合', '不符合'] as const;

/** The unit's judgement on the five criteria of Article 2, each with its evidence. */
export function CriteriaSection({ caseId }: { readonly caseId: string }) {
  const { named, language } = useWords();
  return criteria.map(({ code, zh, en }) => {
    const label = language === 'en' ? en : zh;
    return (
      <fieldset key={code} className="entry" aria-label={label}>
        <h3 style={{ marginBottom: 8 }}>{label}</h3>
        <Item name={['evaluation', code, 'level']} word="f.evaluation.level">
          <Radio.Group options={levels.map((level) => ({ value: level, label: named('level', level) }))} />
        </Item>
        <Item name={['evaluation', code, 'text']} word="f.evaluation.text">
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Item>
        <Item name={['evaluation', code, 'evidence']} word="f.evaluation.evidence">
          <FileNames caseId={caseId} several />
        </Item>
      </fieldset>
    );
  });
}
