import { Form, Input, Modal, Select } from 'antd';
import type { ReactNode } from 'react';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { checkUscc } from '../../../domain/uscc.ts';
import { useAct } from '../../api/act.ts';
import { useUnits } from '../../api/organisation.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** A member of the group that is to leave it. */
export type Leaving = { readonly entityId: string; readonly name: string };

type DialogProps = {
  readonly title: string;
  readonly path: string;
  /** What is sent of what was filled in. */
  readonly bodyOf: (values: Record<string, string>) => object;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

/** Starts a case about the account, and goes to its page, where files are added. */
function StartDialog({ title, path, bodyOf, onClose, children }: DialogProps) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const onward = useOnward();
  const act = useAct<{ caseId: string }>([['account'], ['cases']]);
  return (
    <Modal
      open
      title={title}
      okText={t('do.confirm')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="start"
        layout="vertical"
        scrollToFirstError
        onFinish={(values) =>
          act.mutate(
            { method: 'POST', path, body: bodyOf(values) },
            { onSuccess: ({ value }) => onward(`/cases/${value.caseId}`) },
          )
        }
      >
        {children}
        <Form.Item
          name="evidence"
          label={t('field.evidence')}
          extra={t('group.evidenceAbout')}
          rules={[{ required: true, whitespace: true, message: t('form.required') }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}

export function MemberDialog({ accountId, onClose }: { readonly accountId: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  return (
    <StartDialog
      title={t('group.add')}
      path={`/accounts/${accountId}/memberships`}
      onClose={onClose}
      bodyOf={({ name = '', uscc = '', relation = '', former = '', evidence = '' }) => ({
        change: 'add',
        member: {
          name,
          relation,
          ...(uscc.trim() ? { uscc } : {}),
          formerNames: former.split(/[、,，;；\n]/).flatMap((each) => (each.trim() ? [each.trim()] : [])),
        },
        evidence,
      })}
    >
      <Form.Item name="name" label={t('f.client.members.name')} rules={required}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="uscc"
        label={t('f.client.uscc')}
        rules={[
          {
            validator: (_, code?: string) =>
              !code?.trim() || checkUscc(code).ok
                ? Promise.resolve()
                : Promise.reject(new Error(t('exclusivity.badCode'))),
          },
        ]}
      >
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="relation" label={t('f.client.members.relation')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="former" label={t('f.client.formerNames')} extra={t('group.formerAbout')}>
        <Input maxLength={1000} autoComplete="off" />
      </Form.Item>
    </StartDialog>
  );
}

export function RemovalDialog({
  accountId,
  leaving,
  onClose,
}: {
  readonly accountId: string;
  readonly leaving: Leaving;
  readonly onClose: () => void;
}) {
  const { t } = useWords();
  return (
    <StartDialog
      title={t('group.remove')}
      path={`/accounts/${accountId}/memberships`}
      onClose={onClose}
      bodyOf={({ evidence }) => ({ change: 'remove', entityId: leaving.entityId, evidence })}
    >
      <p>{t('group.removeAbout', { name: leaving.name })}</p>
    </StartDialog>
  );
}

export function BreachDialog({ account, onClose }: { readonly account: AccountView; readonly onClose: () => void }) {
  const { t, called } = useWords();
  const units = useUnits().data?.items ?? [];
  const holding = account.holdings.filter(({ validTo }) => validTo === null).map(({ unit }) => unit.id);
  const required = [{ required: true, message: t('form.required') }];
  return (
    <StartDialog
      title={t('group.report')}
      path={`/accounts/${account.id}/breaches`}
      onClose={onClose}
      bodyOf={(values) => values}
    >
      <p className="soft">{t('group.reportAbout')}</p>
      <Form.Item name="accusedUnitId" label={t('breach.accused')} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={units
            .filter(({ id, kind, dissolvedOn }) => kind !== 'office' && !dissolvedOn && !holding.includes(id))
            .map((unit) => ({ value: unit.id, label: called(unit) }))}
        />
      </Form.Item>
      <Form.Item name="happenedOn" label={t('breach.happenedOn')} rules={required}>
        <Input type="date" />
      </Form.Item>
    </StartDialog>
  );
}
