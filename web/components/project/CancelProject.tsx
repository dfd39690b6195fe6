import { Form, Input } from 'antd';
import type { ProjectView } from '../../../api/contract/projects.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { FormDialog, useRequired } from '../FormDialog.tsx';

/** A project that will not be built, with the reason. */
export function CancelProject({ project, onClose }: { readonly project: ProjectView; readonly onClose: () => void }) {
  const { t } = useWords();
  const act = useAct([['account', project.accountId], ['project']]);
  return (
    <FormDialog
      title={t('project.cancel')}
      submit={t('project.cancel')}
      danger
      cancel={t('do.dismiss')}
      name="cancel-project"
      act={act}
      onSubmit={(body) =>
        act.mutate(
          { method: 'POST', path: `/projects/${project.id}/cancel`, body, ifMatch: `"${project.version}"` },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p className="soft">{t('project.cancelAbout')}</p>
      <Form.Item name="reason" label={t('field.reason')} rules={useRequired()}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
