import { Button, Form, Input, Select } from 'antd';
import type { DelegationView } from '../../api/contract/delegations.ts';
import { useAct } from '../api/act.ts';
import { type Page, useOne } from '../api/list.ts';
import { useMe } from '../api/me.ts';
import { momentText } from '../format.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';
import { PersonSelect } from './PersonSelect.tsx';
import { ProblemNotice } from './ProblemNotice.tsx';
import { Sheet } from './Sheet.tsx';

/** Kinds of task that may be delegated: a vote never, and what only the director may answer neither. */
const kinds = [
  'endorse',
  'screen',
  'evaluate',
  'countersign',
  'nominate',
  'record',
  'checkRecording',
  'opine',
  'coapprove',
] as const;

type Values = { readonly toId: string; readonly kinds: readonly string[]; readonly from: string; readonly to: string };

/** A day in the company's time as an instant: its first moment, or its last. */
const startOf = (day: string) => `${day}T00:00:00+08:00`;
const endOf = (day: string) => `${day}T23:59:59+08:00`;

/** Delegations I gave or received: for kinds of task, for a time. */
export function Delegations() {
  const { t, named, called } = useWords();
  const [form] = Form.useForm<Values>();
  const me = useMe().data;
  const delegations = useOne<Page<DelegationView>>(['delegations'], '/delegations');
  const give = useAct([['delegations']]);
  const revoke = useAct([['delegations']]);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <section className="panel stack" aria-labelledby="delegations">
      <h2 id="delegations">{t('mine.delegations')}</h2>
      <p className="soft">{t('mine.delegationsAbout')}</p>
      <ProblemNotice error={give.error ?? revoke.error} />
      <Form<Values>
        form={form}
        name="delegation"
        layout="vertical"
        className="grid"
        onFinish={({ from, to, ...rest }) =>
          give.mutate(
            { method: 'POST', path: '/delegations', body: { ...rest, validFrom: startOf(from), validTo: endOf(to) } },
            { onSuccess: () => form.resetFields() },
          )
        }
      >
        <Form.Item name="toId" label={t('mine.delegateTo')} rules={required}>
          <PersonSelect />
        </Form.Item>
        <Form.Item name="kinds" label={t('mine.delegateKinds')} rules={required}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            options={kinds.map((kind) => ({ value: kind, label: named('kind', kind) }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('word.from')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={t('word.to')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item label=" " colon={false}>
          <Button htmlType="submit" loading={give.isPending}>
            {t('act.delegate')}
          </Button>
        </Form.Item>
      </Form>
      <Loaded query={delegations}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('mine.noDelegations')}</p>
          ) : (
            <Sheet
              caption={t('mine.delegations')}
              rows={items}
              rowKey={(row) => row.id}
              columns={[
                { title: t('mine.delegateFrom'), cell: (row) => called(row.from) },
                { title: t('mine.delegateTo'), cell: (row) => called(row.to) },
                {
                  title: t('mine.delegateKinds'),
                  cell: (row) =>
                    row.taskId
                      ? t('mine.oneTask')
                      : row.kinds.map((kind) => named('kind', kind)).join(t('list.comma')) || t('mine.allKinds'),
                },
                { title: t('word.from'), cell: (row) => momentText(row.validFrom) },
                { title: t('word.to'), cell: (row) => momentText(row.validTo) },
                {
                  title: t('word.do'),
                  cell: (row) =>
                    row.revokedAt ? (
                      t('mine.revoked')
                    ) : row.from.id === me?.person.id ? (
                      <Button
                        size="small"
                        onClick={() => revoke.mutate({ method: 'DELETE', path: `/delegations/${row.id}` })}
                      >
                        {t('mine.revoke')}
                      </Button>
                    ) : null,
                },
              ]}
            />
          )
        }
      </Loaded>
    </section>
  );
}
