import { Alert, Button } from 'antd';
import { useEffect, useRef } from 'react';
import { asProblem } from '../api/problem.ts';
import { focusField } from '../focusField.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';

/**
 * A refusal as a person reads it: what happened and what to do (the API's own words), with the article it rests on. Where the form it is
 * about stands open, the focus goes to the field.
 */
export function ProblemNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useWords();
  const shown = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const field = error ? asProblem(error).field : null;
    if (field && shown.current) focusField(shown.current, field);
  }, [error]);
  if (!error) return null;
  const problem = asProblem(error);
  const happened = problem.title || problem.detail || t('problem.unknown');
  const whatToDo = problem.detail.startsWith(happened) ? problem.detail.slice(happened.length).trim() : problem.detail;
  const named = problem.fieldName && !problem.detail.includes(problem.fieldName) ? problem.fieldName : null;
  return (
    <Alert
      type={problem.retryable ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={happened}
      description={
        <span ref={shown} className="row small">
          {whatToDo && <span>{whatToDo}</span>}
          <ArticleTag article={problem.article} />
          {named && <span className="soft">{t('problem.field', { field: named })}</span>}
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
