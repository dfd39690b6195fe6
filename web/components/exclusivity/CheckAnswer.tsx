import { Alert } from 'antd';
import { Link } from 'react-router';
import type { ClientCheckResult } from '../../../api/contract/clients.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';

type Props = {
  readonly answer: ClientCheckResult;
  /** Nothing was found under the name alone, and the code is not one: that does not make the company free. */
  readonly nameOnly?: boolean;
};

/** What a check answered: free, held, in progress, or near; with the article it rests on, and nothing that may not be told (Article 7.1). */
export function CheckAnswer({ answer, nameOnly = false }: Props) {
  const { t, called } = useWords();
  const { result, holder, accountId } = answer;
  return (
    <Alert
      style={{ marginBottom: 16, gridColumn: '1 / -1' }}
      showIcon
      role="status"
      type={nameOnly || result === 'near' ? 'info' : result === 'free' ? 'success' : 'warning'}
      title={nameOnly ? t('check.nameOnly') : t(`check.${result}`, { holder: called(holder) })}
      description={
        result === 'near' ? (
          <NearNames answer={answer} />
        ) : result === 'held' ? (
          <span className="row">
            <ArticleTag article="7.3" />
            {accountId && <Link to={`/accounts/${accountId}`}>{t('check.toAccount')}</Link>}
          </span>
        ) : result === 'inProgress' ? (
          <ArticleTag article="7.1" />
        ) : undefined
      }
    />
  );
}

function NearNames({ answer: { names, withheld } }: { readonly answer: ClientCheckResult }) {
  const { t, named, called } = useWords();
  return (
    <>
      {names.length > 0 && (
        <ul className="small quiet-list">
          {names.map((near) => (
            <li key={near.name + near.accountId}>
              <Link to={`/accounts/${near.accountId}`}>{near.name}</Link>{' '}
              <span className="soft">
                {named('near', near.why)} · {t('check.heldBy', { holder: called(near.holder) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      {withheld && <p className="small">{t('check.withheld')}</p>}
    </>
  );
}
