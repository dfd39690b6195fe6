import { Form } from 'antd';
import type { Rule } from 'antd/es/form';
import type { ReactElement } from 'react';
import { useWords, type WordKey } from '../../words.ts';

type Props = {
  readonly name: string | (string | number)[];
  readonly word: WordKey;
  readonly rules?: Rule[];
  readonly wide?: boolean;
  readonly valuePropName?: string;
  readonly children: ReactElement;
};

/** One labelled field of the form. What must be given is listed beside the form, not here: a draft may lack anything. */
export function Item({ name, word, rules, wide, valuePropName, children }: Props) {
  const { t } = useWords();
  return (
    <Form.Item
      name={name}
      label={t(word)}
      {...(rules ? { rules } : {})}
      {...(wide ? { style: { gridColumn: '1 / -1' } } : {})}
      {...(valuePropName ? { valuePropName } : {})}
    >
      {children}
    </Form.Item>
  );
}
