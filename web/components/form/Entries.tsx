import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../words.ts';
import { fieldId } from './sections.ts';

type Props = {
  readonly name: string | string[];
  /** What one entry is called: 项目, 成员单位. */
  readonly noun: string;
  readonly initial?: Readonly<Record<string, unknown>>;
  readonly children: (index: number) => ReactNode;
};

/** A list of entries of one kind, each in a frame of its own, added at the end and removed one by one. */
export function Entries({ name, noun, initial = {}, children }: Props) {
  const { t } = useWords();
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <div id={fieldId([name].flat())} tabIndex={-1}>
          {fields.map(({ key, name: index }) => (
            <fieldset key={key} className="entry" aria-label={`${noun} ${index + 1}`}>
              <div className="row" style={{ marginBottom: 8 }}>
                <strong>{`${noun} ${index + 1}`}</strong>
                <Button
                  size="small"
                  type="text"
                  danger
                  icon={<DeleteOutlined />}
                  aria-label={t('form.removeOne', { what: `${noun} ${index + 1}` })}
                  onClick={() => remove(index)}
                />
              </div>
              <div className="grid">{children(index)}</div>
            </fieldset>
          ))}
          <Button type="dashed" block icon={<PlusOutlined />} onClick={() => add({ ...initial })}>
            {t('form.addOne', { what: noun })}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
