import { Form, Input } from 'antd';
import { type OperationTier, operationTiers } from '../../../domain/operation.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ChoiceItem } from '../ChoiceItem.tsx';
import { bodyOf } from '../Fields.tsx';
import { FormDialog, useRequired } from '../FormDialog.tsx';

type Props = { readonly tier: OperationTier; readonly onClose: () => void };

/** A kind of secondary or tertiary operation, named in both languages. */
export function AddOperationKind({ tier, onClose }: Props) {
  const { t } = useWords();
  const act = useAct([['operation-kinds'], ['project']]);
  const required = useRequired();
  return (
    <FormDialog
      title={t('operationKind.add')}
      submit={t('operationKind.add')}
      name="operation-kind"
      initialValues={{ tier }}
      act={act}
      onSubmit={(values) =>
        act.mutate({ method: 'POST', path: '/operation-kinds', body: bodyOf(values) }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <ChoiceItem name="tier" label={t('operationKind.tier')} codes={operationTiers} words="operation.tier" />
      <Form.Item name="name" label={t('operationKind.name')} rules={required}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('operationKind.nameEn')} rules={required}>
        <Input maxLength={80} lang="en" />
      </Form.Item>
    </FormDialog>
  );
}
