import { Modal } from 'antd';
import type { AgendaItem } from '../../../api/contract/agenda.ts';
import type { Problem } from '../../api/problem.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly items: readonly AgendaItem[];
  readonly pending: boolean;
  readonly error: Problem | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

/** Says how many accounts are maintained, and which, before any vote is given. */
export function BulkVoteDialog({ items, pending, error, onConfirm, onClose }: Props) {
  const { t, named, called } = useWords();
  return (
    <Modal
      open
      width={640}
      title={t('reviewAgenda.confirmTitle', { count: items.length })}
      okText={t('reviewAgenda.confirm', { count: items.length })}
      cancelText={t('do.cancel')}
      confirmLoading={pending}
      onOk={onConfirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="small soft">
          {t('reviewAgenda.confirmAbout')} <ArticleTag article="10.3" />
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by the keyboard too */}
        <ol className="bulk-list" aria-label={t('reviewAgenda.confirmList')} tabIndex={0}>
          {items.map(({ caseId, account, unit, grade, score, dataAtHand }) => (
            <li key={caseId}>
              <span className="title">{account.name}</span>
              <span className="small soft row">
                <span>{called(unit)}</span>
                <span>{named('grade', grade)}</span>
                <span className="figure">
                  {score ?? '—'} {t('reviewAgenda.points')}
                </span>
                {dataAtHand && <span>{t('reviewAgenda.dataAtHand')}</span>}
              </span>
            </li>
          ))}
        </ol>
        <ProblemNotice error={error} />
      </div>
    </Modal>
  );
}
