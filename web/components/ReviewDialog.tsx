import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  readonly title: string;
  /** What exactly will be saved. */
  readonly children: ReactNode;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** The step before saving what cannot be taken back by a click: it says what will be, and asks once. */
export function ReviewDialog({ title, children, confirm, danger, pending, error, onConfirm, onClose }: Props) {
  const { t } = useWords();
  return (
    <Modal
      open
      title={title}
      width={640}
      okText={confirm}
      okButtonProps={{ danger: danger === true }}
      cancelText={t('do.back')}
      confirmLoading={pending}
      onOk={onConfirm}
      onCancel={onClose}
    >
      <div className="stack">
        <ProblemNotice error={error} />
        {children}
      </div>
    </Modal>
  );
}
