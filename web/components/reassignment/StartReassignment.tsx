import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { adjustments, type Ground, grounds, isForCause, type Replaced } from '../../../domain/reassignment.ts';
import { useUnits } from '../../api/organisation.ts';
import { useWords, type WordKey } from '../../words.ts';
import { StartCase } from '../account/StartCase.tsx';
import { Choices } from '../Choices.tsx';
import { EvidenceFiles } from '../EvidenceFiles.tsx';
import { useRequired } from '../FormDialog.tsx';

type Props = {
  /** Where it is asked for: `/accounts/{id}`, `/persons/{id}` or `/units/{id}`. */
  readonly of: string;
  readonly unitId: string | null;
  /** A co-holding; else it is about the lead. */
  readonly holdingId?: string;
  /** What may be replaced here, the first of them chosen at first. */
  readonly whom?: readonly Replaced[];
  readonly grounds?: readonly Ground[];
  /** Whose accounts may all be taken together where he leaves. */
  readonly managerId?: string | undefined;
  readonly label: string;
};

/** A button, and the dialog in which it is said who is to be replaced and why, with what proves it. */
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
  holdingId,
  whom = ['manager', 'unit'],
  grounds: offered = grounds,
  managerId,
  onClose,
}: Omit<Props, 'label'> & { readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <StartCase
      path={({ all }) => `${all ? `/persons/${managerId}` : of}/reassignments`}
      title={t('reassignment.start')}
      submit={t('reassignment.submit')}
      initialValues={{ of: whom[0], ground: offered[0], adjustment: 'transfer', all: false }}
      body={({ all, ...form }) => ({
        form,
        ...((all || of.startsWith('/persons/')) && unitId ? { unitId } : {}),
        ...(holdingId ? { holdingId } : {}),
      })}
      onClose={onClose}
    >
      <Inputs unitId={unitId} whom={whom} grounds={offered} managerId={managerId} />
    </StartCase>
  );
}

function Inputs({
  unitId,
  whom,
  grounds: offered,
  managerId,
}: Required<Pick<Props, 'unitId' | 'whom' | 'grounds'>> & Pick<Props, 'managerId'>) {
  const { t, named, called } = useWords();
  const required = useRequired();
  const form = Form.useFormInstance();
  const ground: Ground = Form.useWatch('ground', form) ?? offered[0];
  const replaces: Replaced = Form.useWatch('of', form) ?? whom[0];
  const units = useUnits().data?.items ?? [];
  return (
    <>
      <Form.Item name="of" label={t('reassignment.whom')}>
        <Choices label={t('reassignment.whom')} options={whom.map((each) => [each, named('rea.of', each)])} />
      </Form.Item>
      {replaces === 'unit' && (
        <Form.Item name="newUnitId" label={t('reassignment.newUnit')} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={units
              .filter(
                ({ id, kind, dissolvedOn }) =>
                  id !== unitId && !dissolvedOn && ['branch', 'headquarters'].includes(kind),
              )
              .map((unit) => ({ value: unit.id, label: called(unit) }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name="ground"
        label={t('reassignment.ground')}
        extra={t(`reassignment.hint.${replaces === 'coHolding' ? replaces : ground}`)}
      >
        <Choices label={t('reassignment.ground')} options={offered.map((each) => [each, named('rea.ground', each)])} />
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
      <EvidenceFiles
        needed={isForCause(ground) ? t('reassignment.evidenceNeeded') : undefined}
        hint={t(isForCause(ground) ? 'reassignment.evidenceHint' : 'start.filesHint')}
      />
    </>
  );
}
