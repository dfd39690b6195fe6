import { Button } from 'antd';
import type { InboxRow } from '../../../api/contract/tasks.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly rows: readonly InboxRow[];
  /** The answers all of them can be given at once, in the order of their number keys. */
  readonly actions: readonly string[];
  readonly claimable: boolean;
  readonly pending: boolean;
  readonly onAct: (action: string) => void;
  readonly onClaim: () => void;
  readonly onAll: () => void;
  readonly onClear: () => void;
};

/** What can be done with the rows chosen, while there are any. */
export function SelectionBar({ rows, actions, claimable, pending, onAct, onClaim, onAll, onClear }: Props) {
  const { t, named, action: actionName } = useWords();
  const kind = rows[0]?.task?.kind ?? '';
  return (
    <section className="selection-bar" aria-label={t('bulk.bar')}>
      <strong role="status">{t('bulk.chosen', { count: rows.length, kind: named('kind', kind) })}</strong>
      <Button type="link" size="small" onClick={onAll}>
        {t('bulk.all')}
      </Button>
      <Button type="link" size="small" onClick={onClear}>
        {t('bulk.none')}
      </Button>
      <span className="spacer" />
      {claimable && (
        <Button loading={pending} onClick={onClaim}>
          {t('act.claim')}
        </Button>
      )}
      {actions.map((action, index) => (
        <Button
          key={action}
          type={index === 0 ? 'primary' : 'default'}
          aria-keyshortcuts={String(index + 1)}
          onClick={() => onAct(action)}
        >
          {actionName(kind, action)} <kbd className="wide-only">{index + 1}</kbd>
        </Button>
      ))}
    </section>
  );
}
