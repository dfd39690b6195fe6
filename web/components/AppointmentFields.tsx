import { Form, Input } from 'antd';
import { useWords } from '../words.ts';

/** What every change of the organisation rests on: the day it takes effect and the document that says so. */
export function AppointmentFields() {
  const { t } = useWords();
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="on" label={t('org.on')} rules={required} extra={t('org.onHint')}>
        <Input type="date" max={today()} />
      </Form.Item>
      <Form.Item name="document" label={t('people.document')} rules={required} extra={t('org.documentHint')}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

/** Today where the company is. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
