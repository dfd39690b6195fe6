import { Form, Input } from 'antd';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { today } from '../AppointmentFields.tsx';
import { bodyOf } from '../Fields.tsx';
import { FormDialog, useRequired } from '../FormDialog.tsx';

type Props = { readonly accountId: string; readonly day: string | null; readonly onClose: () => void };

/** A visit is planned ahead: for which day, and what for. */
export function PlanVisit({ accountId, day, onClose }: Props) {
  const { t } = useWords();
  const act = useAct([['account', accountId], ['myVisits']]);
  const path = `/accounts/${accountId}/visits/plan`;
  return (
    <FormDialog
      title={t('visit.plan')}
      submit={t('visit.plan.save')}
      name="plan-visit"
      initialValues={{ plannedOn: day ?? undefined }}
      act={act}
      onSubmit={(values) => act.mutate({ method: 'POST', path, body: bodyOf(values) }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Form.Item name="plannedOn" label={t('visit.plan.day')} rules={useRequired()}>
        <Input type="date" min={today()} />
      </Form.Item>
      <Form.Item name="purpose" label={t('visit.plan.purpose')}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
