import { Form, Input, Modal } from 'antd';
import type { ProjectView } from '../../../api/contract/projects.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** A project that will not be built, with the reason. */
export function CancelProject({ project, onClose }: { readonly project: ProjectView; readonly onClose: () => void }) {
  const { t } = useWords();
  const [form] = Form.useForm();
  const act = useAct([['account', project.accountId], ['project']]);
  return (
    <Modal
      open
      title={t('project.cancel')}
      okText={t('project.cancel')}
      okButtonProps={{ danger: true }}
      cancelText={t('do.dismiss')}
      confirmLoading={act.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="cancel-project"
        layout="vertical"
        onFinish={(body) =>
          act.mutate(
            { method: 'POST', path: `/projects/${project.id}/cancel`, body, ifMatch: `"${project.version}"` },
            { onSuccess: onClose },
          )
        }
      >
        <p className="soft">{t('project.cancelAbout')}</p>
        <Form.Item
          name="reason"
          label={t('field.reason')}
          rules={[{ required: true, whitespace: true, message: t('form.required') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      </Form>
      <ProblemNotice error={act.error} />
    </Modal>
  );
}
