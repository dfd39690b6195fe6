import { Alert } from 'antd';
import type { Draft } from '../../api/draft.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';

/** Whether what was typed is saved, kept on this device, or neither; always to be seen. */
export function SavingState({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
  const { saving, kept, view } = draft;
  const away = saving === 'offline' || saving === 'refused' || saving === 'conflict';
  return (
    <>
      <span className={`chip ${saving === 'saved' ? 'green' : saving === 'saving' ? 'brand' : 'amber'}`}>
        {t(`saving.${saving}`)}
      </span>
      {away && <span className="small">{t(kept ? 'saving.keptHere' : 'saving.keptNowhere')}</span>}
      <span className="small soft">{t('form.savedAt', { at: momentText(view.updatedAt) })}</span>
    </>
  );
}

/** Told once: what was brought back from this device, or joined with what was saved elsewhere. */
export function SavingNotice({ draft }: { readonly draft: Draft }) {
  const { t } = useWords();
  if (draft.brought === null || draft.conflicts.length > 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      closable
      role="status"
      style={{ marginBottom: 14 }}
      title={t(draft.brought === 'recovered' ? 'saving.recovered' : 'saving.merged')}
    />
  );
}
