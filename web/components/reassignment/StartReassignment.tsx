import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { adjustments, type Ground, grounds, replaced } from '../../../domain/reassignment.ts';
import { useAct } from '../../api/act.ts';
import { useAttachments } from '../../api/cases.ts';
import { useUnits } from '../../api/organisation.ts';
import { useOnward } from '../../onward.ts';
import { useWords, type WordKey } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { bodyOf } from '../Fields.tsx';
import { FileDrop } from '../FileDrop.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  /** Where it is asked for: `/accounts/{id}`, `/persons/{id}` or `/units/{id}`. */
  readonly of: string;
  readonly unitId: string | null;
  /** What may be replaced here, the first of them chosen at first. */
  readonly whom?: readonly (typeof replaced)[number][];
  readonly grounds?: readonly Ground[];
  /** Whose accounts may all be taken together where he leaves. */
  readonly managerId?: string | undefined;
  readonly label: string;
};

/** A button, and the dialog in which it is said who is to be replaced and why; then what proves it is attached. */
export function StartReassignment({ label, ...asked }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      {isOpen && <Dialog {...asked} onClose={() => setOpen(false)} />}
    </>
  );
}

const TEXTS: Readonly<
  Record<Ground, readonly (readonly [name: string, required: boolean, kind: 'line' | 'text' | 'day'])[]>
> = {
  incompetent: [
    ['findings', true, 'text'],
    ['measures', false, 'text'],
  ],
  clientRequest: [
    ['requestedBy', true, 'line'],
    ['requestedOn', true, 'day'],
    ['request', true, 'text'],
  ],
  conflictOfInterest: [
    ['between', true, 'line'],
    ['interest', true, 'text'],
  ],
  personnel: [
    ['effectiveOn', true, 'day'],
    ['document', true, 'line'],
    ['note', false, 'text'],
  ],
};

function Dialog({
  of,
  unitId,
  whom = replaced,
  grounds: offered = grounds,
  managerId,
  onClose,
}: Omit<Props, 'label'> & { readonly onClose: () => void }) {
  const { t, named, called } = useWords();
  const [form] = Form.useForm();
  const onward = useOnward();
  const act = useAct<{ caseId: string }>([['account'], ['person'], ['unattended']]);
  const [caseId, setCaseId] = useState<string | null>(null);
  const ground: Ground = Form.useWatch('ground', form) ?? offered[0];
  const replaces = Form.useWatch('of', form) ?? whom[0];
  const units = useUnits().data?.items ?? [];
  const required = [{ required: true, message: t('form.required') }];
  const start = ({ all, ...values }: Record<string, unknown>) =>
    act.mutate(
      {
        method: 'POST',
        path: `${all ? `/persons/${managerId}` : of}/reassignments`,
        body: { form: bodyOf(values) },
      },
      {
        onSuccess: ({ value }) =>
          values.ground === 'personnel' ? onward(`/cases/${value.caseId}`) : setCaseId(value.caseId),
      },
    );
  if (caseId) return <Evidence caseId={caseId} onDone={() => onward(`/cases/${caseId}`)} />;
  return (
    <Modal
      open
      title={t('reassignment.start')}
      okText={t('reassignment.submit')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="reassignment"
        layout="vertical"
        initialValues={{ of: whom[0], ground: offered[0], adjustment: 'transfer', all: false }}
        preserve={false}
        onFinish={start}
      >
        <Form.Item name="of" label={t('reassignment.whom')}>
          <Choices label={t('reassignment.whom')} options={whom.map((each) => [each, named('rea.of', each)])} />
        </Form.Item>
        {replaces === 'unit' && (
          <Form.Item name="newUnitId" label={t('reassignment.newUnit')} rules={required}>
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={units
                .filter(({ id, kind }) => id !== unitId && ['branch', 'headquarters'].includes(kind))
                .map((unit) => ({ value: unit.id, label: called(unit) }))}
            />
          </Form.Item>
        )}
        <Form.Item name="ground" label={t('reassignment.ground')} extra={t(`reassignment.hint.${ground}`)}>
          <Choices
            label={t('reassignment.ground')}
            options={offered.map((each) => [each, named('rea.ground', each)])}
          />
        </Form.Item>
        {ground === 'personnel' && (
          <Form.Item name="adjustment" label={t('reassignment.adjustment')}>
            <Choices
              label={t('reassignment.adjustment')}
              options={adjustments.map((each) => [each, named('rea.adjustment', each)])}
            />
          </Form.Item>
        )}
        {ground === 'personnel' && replaces === 'manager' && managerId && (
          <Form.Item name="all" label={t('reassignment.accounts')}>
            <Choices
              label={t('reassignment.accounts')}
              options={[
                [false, t('reassignment.thisOne')],
                [true, t('reassignment.allOfHis')],
              ]}
            />
          </Form.Item>
        )}
        {TEXTS[ground].map(([name, isRequired, kind]) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`reassignment.${name}` as WordKey)}
            rules={isRequired ? required : []}
          >
            {kind === 'text' ? (
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={4000} />
            ) : kind === 'day' ? (
              <Input type="date" />
            ) : (
              <Input maxLength={200} />
            )}
          </Form.Item>
        ))}
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}

/** What proves the ground lies with the case; without it the office cannot admit it. */
function Evidence({ caseId, onDone }: { readonly caseId: string; readonly onDone: () => void }) {
  const { t } = useWords();
  const files = useAttachments(caseId).data?.items ?? [];
  return (
    <Modal
      open
      title={t('reassignment.evidence')}
      okText={t('reassignment.toCase')}
      okButtonProps={{ type: files.length > 0 ? 'primary' : 'default' }}
      cancelButtonProps={{ style: { display: 'none' } }}
      onOk={onDone}
      onCancel={onDone}
    >
      <div className="stack">
        <p style={{ margin: 0 }}>{t('reassignment.evidenceHint')}</p>
        <FileDrop caseId={caseId} purpose="evidence" />
        {files.length > 0 && (
          <ul className="cards">
            {files.map((file) => (
              <li key={file.id} className="break">
                {file.name}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
