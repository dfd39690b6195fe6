import { Alert, Button } from 'antd';
import { asProblem } from '../api/problem.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';

/** A refusal as a person reads it: what happened and what to do (the API's own words), with the article it rests on. */
export function ProblemNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useWords();
  if (!error) return null;
  const problem = asProblem(error);
  const happened = problem.title || problem.detail || t('problem.unknown');
  const whatToDo = problem.detail.startsWith(happened) ? problem.detail.slice(happened.length).trim() : problem.detail;
  return (
    <Alert
      type={problem.retryable ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={happened}
      description={
        <span className="row small">
          {whatToDo && <span>{whatToDo}</span>}
          <ArticleTag article={problem.article} />
          {problem.field && <span className="soft">{t('problem.field', { field: problem.field })}</span>}
        </span>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('do.retry')}
          </Button>
        )
      }
    />
  );
}
