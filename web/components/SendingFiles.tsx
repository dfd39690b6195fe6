import { Button, Progress } from 'antd';
import type { Sending } from '../api/upload.ts';
import { useWords } from '../words.ts';
import { ProblemNotice } from './ProblemNotice.tsx';

type Props = {
  readonly sending: readonly Sending[];
  readonly onRetry: (id: string) => void;
  readonly onDismiss: (id: string) => void;
};

/** Files on their way, each with how far it is; one that did not arrive can be sent again. */
export function SendingFiles({ sending, onRetry, onDismiss }: Props) {
  const { t } = useWords();
  if (sending.length === 0) return null;
  return (
    <ul className="cards" aria-label={t('file.sending')}>
      {sending.map(({ id, name: fileName, percent, problem, mayRetry }) => (
        <li key={id}>
          <div className="row">
            <span className="break small">{fileName}</span>
            {mayRetry && (
              <Button size="small" onClick={() => onRetry(id)}>
                {t('do.retry')}
              </Button>
            )}
            <Button
              size="small"
              type="text"
              aria-label={t(problem ? 'file.dismissOf' : 'file.stopOf', { name: fileName })}
              onClick={() => onDismiss(id)}
            >
              {t(problem ? 'do.dismiss' : 'do.cancel')}
            </Button>
          </div>
          {problem ? (
            <ProblemNotice error={problem} />
          ) : (
            <Progress
              percent={percent}
              size="small"
              aria-label={t('file.progressOf', { name: fileName })}
              {...(percent === 100 ? { format: () => t('file.storing') } : {})}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
