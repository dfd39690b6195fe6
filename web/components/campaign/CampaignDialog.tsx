import { skipToken, useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { AccountSummary } from '../../../api/contract/accounts.ts';
import { useAct } from '../../api/act.ts';
import { call } from '../../api/call.ts';
import type { Page } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** What the office is about to do with a campaign. */
export type CampaignDoing =
  | { readonly is: 'pause' | 'resume' | 'add' }
  | { readonly is: 'exclude' | 'addAgain'; readonly account: { readonly id: string; readonly name: string } };

const pathOf = (year: number, doing: CampaignDoing): string => {
  if (doing.is === 'add' || doing.is === 'addAgain') return `/campaigns/${year}/accounts`;
  return doing.is === 'exclude'
    ? `/campaigns/${year}/accounts/${doing.account.id}/exclude`
    : `/campaigns/${year}/${doing.is}`;
};

/** Says what will follow, and asks for the reason, which goes on record. */
export function CampaignDialog({
  year,
  doing,
  onClose,
}: {
  readonly year: number;
  readonly doing: CampaignDoing;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const act = useAct([['campaign', year], ['campaigns']]);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  const title = t(`campaign.${doing.is}`);
  return (
    <Modal
      open
      title={'account' in doing ? t(`campaign.${doing.is}One`, { name: doing.account.name }) : title}
      okText={title}
      okButtonProps={{ danger: doing.is === 'exclude' }}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t(`campaign.${doing.is}.means`)}</p>
        <Form
          form={form}
          name="campaign"
          layout="vertical"
          onFinish={(given) => {
            const body = doing.is === 'addAgain' ? { ...given, accountId: doing.account.id } : given;
            act.mutate({ method: 'POST', path: pathOf(year, doing), body }, { onSuccess: onClose });
          }}
        >
          {doing.is === 'pause' && (
            <Form.Item name="until" label={t('campaign.until')} rules={required}>
              <Input type="date" min={today()} />
            </Form.Item>
          )}
          {doing.is === 'add' && (
            <Form.Item name="accountId" label={t('nav.accounts')} rules={required}>
              <AccountSelect />
            </Form.Item>
          )}
          <Form.Item name="reason" label={t('campaign.reason')} rules={required}>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
          </Form.Item>
        </Form>
        <ProblemNotice error={act.error} />
      </div>
    </Modal>
  );
}

/** One account, found by its client's name. */
function AccountSelect({
  id,
  value,
  onChange,
}: {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (id: string) => void;
}) {
  const { t, called } = useWords();
  const [text, setText] = useState('');
  const found = useQuery({
    queryKey: ['accounts', 'named', text],
    queryFn:
      text === ''
        ? skipToken
        : async ({ signal }) =>
            (await call<Page<AccountSummary>>('POST', '/accounts/search', { body: { text, limit: 20 }, signal })).value,
  });
  return (
    <Select
      {...(id ? { id } : {})}
      showSearch={{ filterOption: false, onSearch: (given) => setText(given.trim()) }}
      placeholder={t('accounts.text')}
      notFoundContent={text === '' ? null : undefined}
      loading={found.isFetching}
      options={(found.data?.items ?? []).map(({ id: of, client, unit }) => ({
        value: of,
        label: `${client.name} · ${called(unit)}`,
      }))}
      value={value}
      onChange={onChange}
    />
  );
}
