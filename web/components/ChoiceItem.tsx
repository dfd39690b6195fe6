import { Form } from 'antd';
import { useWords } from '../words.ts';
import { Choices } from './Choices.tsx';
import { useRequired } from './FormDialog.tsx';

type Props = {
  readonly name: string;
  readonly label: string;
  /** What is chosen among; each is called by its word under `words`. */
  readonly codes: readonly string[];
  readonly words: string;
};

/** One of a few codes, which must be chosen. */
export function ChoiceItem({ name, label, codes, words }: Props) {
  const { named } = useWords();
  return (
    <Form.Item name={name} label={label} rules={useRequired()}>
      <Choices label={label} options={codes.map((code) => [code, named(words, code)])} />
    </Form.Item>
  );
}
