import { Button } from 'antd';
import { pathOf } from '../../draftForm.ts';
import { useWords } from '../../words.ts';
import { useFieldName } from './fieldName.ts';

type Props = { readonly fields: readonly string[]; readonly onGo: (path: (string | number)[]) => void };

/** What the form still lacks before it may be submitted; each leads to its field. */
export function Missing({ fields, onGo }: Props) {
  const { t } = useWords();
  const nameOf = useFieldName();
  if (fields.length === 0) return <p className="chip green">{t('form.complete')}</p>;
  return (
    <section className="panel" aria-label={t('form.missing', { count: fields.length })}>
      <h2>{t('form.missing', { count: fields.length })}</h2>
      <ul className="row" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {fields.map((field) => (
          <li key={field}>
            <Button size="small" onClick={() => onGo(pathOf(field))}>
              {nameOf(pathOf(field))}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
