import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId } from 'react';
import { MOST_MEASURES } from '../../../domain/plan.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { PersonSelect } from '../PersonSelect.tsx';
import type { MeasureDraft } from './measures.ts';
import '../../styles/plans.css';

type Props = {
  readonly value?: readonly MeasureDraft[];
  readonly onChange?: (measures: readonly MeasureDraft[]) => void;
};

/** The measures of a plan: what, by whom, until when; one line each, as many as there are. */
export default function MeasuresInput({ value = [{}], onChange }: Props) {
  const { t } = useWords();
  const ids = useId();
  const put = (index: number, change: MeasureDraft) =>
    onChange?.(value.map((measure, at) => (at === index ? { ...measure, ...change } : measure)));
  return (
    <div className="measures-input">
      {value.map((measure, index) => {
        const field = (name: string) => `${ids}-${index}-${name}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a measure that is being written is its place in the list
          <fieldset key={index}>
            <legend className="small soft">{t('measure.nth', { n: index + 1 })}</legend>
            <label htmlFor={field('text')} className="small soft">
              {t('measure.text')}
            </label>
            <Input.TextArea
              id={field('text')}
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={1000}
              value={measure.text}
              onChange={(event) => put(index, { text: event.target.value })}
            />
            <div className="measure-who">
              <span>
                <label htmlFor={field('owner')} className="small soft">
                  {t('measure.owner')}
                </label>
                <PersonSelect
                  id={field('owner')}
                  {...(measure.ownerId ? { value: measure.ownerId } : {})}
                  onChange={(ownerId) => put(index, { ownerId })}
                />
              </span>
              <span>
                <label htmlFor={field('due')} className="small soft">
                  {t('measure.dueOn')}
                </label>
                <Input
                  id={field('due')}
                  type="date"
                  min={today()}
                  value={measure.dueOn}
                  onChange={(event) => put(index, { dueOn: event.target.value })}
                />
              </span>
              {value.length > 1 && (
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('measure.remove', { n: index + 1 })}
                  onClick={() => onChange?.(value.filter((_, at) => at !== index))}
                />
              )}
            </div>
          </fieldset>
        );
      })}
      {value.length < MOST_MEASURES && (
        <Button icon={<PlusOutlined />} onClick={() => onChange?.([...value, {}])}>
          {t('measure.add')}
        </Button>
      )}
    </div>
  );
}
