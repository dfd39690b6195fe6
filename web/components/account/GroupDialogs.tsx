import { Form, Input, Select } from 'antd';
import type { AccountView } from '../../../api/contract/accounts.ts';
import { checkUscc } from '../../../domain/uscc.ts';
import { useUnits } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';
import { StartCase } from './StartCase.tsx';

/** A member of the group that is to leave it. */
export type Leaving = { readonly entityId: string; readonly name: string };

/** What a change of members, or a reported breach, rests on: said in words, and the files that prove it. */
function Evidence() {
  const { t } = useWords();
  return (
    <>
      <Form.Item name="evidence" label={t('field.evidence')} extra={t('group.evidenceAbout')} rules={useRequired()}>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
      </Form.Item>
      <EvidenceFiles />
    </>
  );
}

export function MemberDialog({ accountId, onClose }: { readonly accountId: string; readonly onClose: () => void }) {
  const { t } = useWords();
  const required = useRequired();
  return (
    <StartCase
      title={t('group.add')}
      path={`/accounts/${accountId}/memberships`}
      submit={t('do.confirm')}
      onClose={onClose}
      body={({ former = '', evidence, ...member }) => ({
        change: 'add',
        member: {
          ...member,
          formerNames: String(former)
            .split(/[、,，;；\n]/)
            .flatMap((each) => (each.trim() ? [each.trim()] : [])),
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
      <Evidence />
    </StartCase>
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
    <StartCase
      title={t('group.remove')}
      path={`/accounts/${accountId}/memberships`}
      submit={t('do.confirm')}
      onClose={onClose}
      body={({ evidence }) => ({ change: 'remove', entityId: leaving.entityId, evidence })}
    >
      <p>{t('group.removeAbout', { name: leaving.name })}</p>
      <Evidence />
    </StartCase>
  );
}

export function BreachDialog({ account, onClose }: { readonly account: AccountView; readonly onClose: () => void }) {
  const { t, called } = useWords();
  const units = useUnits().data?.items ?? [];
  const holding = account.holdings.filter(({ validTo }) => validTo === null).map(({ unit }) => unit.id);
  const required = useRequired();
  return (
    <StartCase
      title={t('group.report')}
      path={`/accounts/${account.id}/breaches`}
      submit={t('do.confirm')}
      onClose={onClose}
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
      <Evidence />
    </StartCase>
  );
}
