import { Alert, App, Form, Input, Modal, Select } from 'antd';
import type { RoleAssignmentView } from '../../../api/contract/roles.ts';
import { allRoles, isAdministratorRole, unitRoles } from '../../../domain/roles.ts';
import { useAct } from '../../api/act.ts';
import { afterProposal } from '../../api/administration.ts';
import { useMe } from '../../api/me.ts';
import { useUnits } from '../../api/organisation.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { PersonSelect } from '../PersonSelect.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Values = { personId: string; role: string; unitId?: string; validFrom: string; document: string; reason?: string };

/** Grants a role under a document; an administrator’s is proposed, for another administrator to confirm. What separation of duties will refuse is said while one chooses. */
export function GrantRole({
  roles,
  personId,
  choice = allRoles,
  onClose,
}: {
  readonly roles: readonly RoleAssignmentView[];
  readonly personId: string | null;
  /** The roles to choose from. */
  readonly choice?: readonly string[];
  readonly onClose: () => void;
}) {
  const { t, named, called } = useWords();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const chosen = Form.useWatch([], form) ?? {};
  const me = useMe().data;
  const units = useUnits();
  const act = useAct([['roles'], ['persons'], ...afterProposal]);
  const byTwo = isAdministratorRole(chosen.role ?? '');
  const held = roles.filter((each) => each.person.id === chosen.personId && each.state !== 'ended');
  const other = held.find((each) => isAdministratorRole(each.role) && each.role !== chosen.role);
  const twice = held.find((each) => each.role === chosen.role && (each.unit?.id ?? undefined) === chosen.unitId);
  const refusal =
    chosen.personId && chosen.personId === me?.person.id
      ? t('roles.notOwn')
      : byTwo && other
        ? t('roles.separated', { name: called(other.person), role: named('role', other.role) })
        : null;
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Modal
      open
      title={t('roles.grant')}
      okText={t(byTwo ? 'proposal.send' : 'roles.grant')}
      okButtonProps={{ disabled: refusal !== null }}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="grant"
        layout="vertical"
        initialValues={{ validFrom: dayText(new Date().toISOString()), ...(personId ? { personId } : {}) }}
        onFinish={({ unitId, ...body }) =>
          act.mutate(
            {
              method: 'POST',
              path: byTwo ? '/roles/proposals' : '/roles',
              body: { ...body, ...(unitRoles.includes(body.role) ? { unitId } : {}) },
            },
            {
              onSuccess: () => {
                message.success(t(byTwo ? 'proposal.sent' : 'roles.granted'));
                onClose();
              },
            },
          )
        }
      >
        <Form.Item name="personId" label={t('field.person')} rules={required}>
          <PersonSelect />
        </Form.Item>
        <Form.Item name="role" label={t('roles.role')} rules={required}>
          <Select options={choice.map((value) => ({ value, label: named('role', value) }))} />
        </Form.Item>
        {unitRoles.includes(chosen.role ?? '') && (
          <Form.Item name="unitId" label={t('word.unit')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: called(unit) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="validFrom" label={t('word.from')} rules={required}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="document" label={t('people.document')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        {byTwo && (
          <Form.Item name="reason" label={t('field.reason')} rules={required}>
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
        )}
      </Form>
      {byTwo && !refusal && (
        <Alert type="info" showIcon role="note" title={t('roles.byTwo')} description={t('proposal.role.follows')} />
      )}
      {refusal && <Alert type="error" showIcon role="alert" title={refusal} description={t('roles.separation')} />}
      {!refusal && twice && <Alert type="warning" showIcon role="status" title={t('roles.twice')} />}
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
