import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, StarFilled, StarOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal } from 'antd';
import type { FilteredList, SavedFilter } from '../../api/contract/filters.ts';
import { useAct } from '../api/act.ts';
import { filtersKey } from '../api/filters.ts';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  readonly list: FilteredList;
  readonly items: readonly SavedFilter[];
  readonly criteria: object;
  readonly onClose: () => void;
};

/** Keeps the present filter under a name; renames, orders and forgets those kept, and says which one the list opens with. */
export default function FilterManager({ list, items, criteria, onClose }: Props) {
  const { t } = useWords();
  const [form] = Form.useForm<{ name: string }>();
  const act = useAct([filtersKey(list)]);
  const move = (index: number, step: number) => {
    const ids = items.map(({ id }) => id);
    const [moved] = ids.splice(index, 1);
    ids.splice(index + step, 0, String(moved));
    act.mutate({ method: 'PUT', path: '/filters/order', body: { list, ids } });
  };
  const change = ({ id, name, isDefault }: SavedFilter, to: { name?: string; isDefault?: boolean }) =>
    act.mutate({ method: 'PUT', path: `/filters/${id}`, body: { name, isDefault, ...to } });
  return (
    <Modal open title={t('filter.own')} footer={null} onCancel={onClose}>
      <div className="stack">
        <Form
          form={form}
          name="filter"
          layout="vertical"
          onFinish={({ name }) =>
            act.mutate(
              { method: 'POST', path: '/filters', body: { list, name, criteria } },
              { onSuccess: () => form.resetFields() },
            )
          }
        >
          <Form.Item
            name="name"
            label={t('filter.keep')}
            extra={t('filter.keepAbout')}
            rules={[{ required: true, whitespace: true, message: t('form.required') }]}
          >
            <Input maxLength={40} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={act.isPending}>
            {t('filter.save')}
          </Button>
        </Form>
        <ProblemNotice error={act.error} />
        {items.length === 0 ? (
          <p className="soft">{t('filter.none')}</p>
        ) : (
          <ul className="cards">
            {items.map((filter, index) => (
              <li key={filter.id} className="row filter-row">
                <Input
                  key={filter.name}
                  defaultValue={filter.name}
                  maxLength={40}
                  aria-label={t('filter.nameOf', { name: filter.name })}
                  onBlur={({ target }) => {
                    const name = target.value.trim();
                    if (name !== '' && name !== filter.name) change(filter, { name });
                  }}
                  onPressEnter={(event) => event.currentTarget.blur()}
                />
                <Button
                  type="text"
                  aria-pressed={filter.isDefault}
                  aria-label={t('filter.default', { name: filter.name })}
                  title={t('filter.default', { name: filter.name })}
                  icon={filter.isDefault ? <StarFilled /> : <StarOutlined />}
                  onClick={() => change(filter, { isDefault: !filter.isDefault })}
                />
                <Button
                  type="text"
                  disabled={index === 0}
                  aria-label={t('filter.up', { name: filter.name })}
                  icon={<ArrowUpOutlined />}
                  onClick={() => move(index, -1)}
                />
                <Button
                  type="text"
                  disabled={index === items.length - 1}
                  aria-label={t('filter.down', { name: filter.name })}
                  icon={<ArrowDownOutlined />}
                  onClick={() => move(index, 1)}
                />
                <Button
                  type="text"
                  danger
                  aria-label={t('filter.remove', { name: filter.name })}
                  icon={<DeleteOutlined />}
                  onClick={() => act.mutate({ method: 'DELETE', path: `/filters/${filter.id}` })}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
