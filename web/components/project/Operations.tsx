import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { OperationView, ProjectDetail } from '../../../api/contract/projects.ts';
import { operationTiers } from '../../../domain/operation.ts';
import { amountText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { OperationForm } from './OperationForm.tsx';

const colours = { claimed: '', negotiating: 'brand', agreed: 'green', refused: 'red' } as const;

/** The secondary and tertiary operations of a project (Article 6.4). */
export function Operations({ detail }: { readonly detail: ProjectDetail }) {
  const { t, named } = useWords();
  const [editing, setEditing] = useState<OperationView | 'new' | null>(null);
  const mayEnter = detail.mayKeep && !detail.project.cancelled;
  return (
    <section className="panel stack" aria-label={t('operation.title')}>
      <div className="row section-head">
        <h2>
          {t('operation.title')} <ArticleTag article="6.4" />
        </h2>
        {mayEnter && (
          <Button icon={<PlusOutlined />} onClick={() => setEditing('new')}>
            {t('operation.enter')}
          </Button>
        )}
      </div>
      {detail.operations.length === 0 && <p className="soft">{t('operation.empty')}</p>}
      {operationTiers
        .map((tier) => ({ tier, items: detail.operations.filter(({ kind }) => kind.tier === tier) }))
        .filter(({ items }) => items.length > 0)
        .map(({ tier, items }) => (
          <section key={tier} className="stack" aria-label={named('operation.tier', tier)}>
            <h3>{named('operation.tier', tier)}</h3>
            <ul className="cards">
              {items.map((operation) => (
                <OperationCard
                  key={operation.id}
                  operation={operation}
                  {...(mayEnter ? { onChange: () => setEditing(operation) } : {})}
                />
              ))}
            </ul>
          </section>
        ))}
      {editing && (
        <OperationForm
          detail={detail}
          {...(editing === 'new' ? {} : { operation: editing })}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}

function OperationCard({ operation, onChange }: { readonly operation: OperationView; readonly onChange?: () => void }) {
  const { t, named, language } = useWords();
  const { form, kind } = operation;
  return (
    <li className="card plain project-card">
      <div>
        <div className="title">{language === 'en' ? kind.nameEn : kind.name}</div>
        <div className="small soft">{form.on}</div>
        {form.note && <p className="quote small break">{form.note}</p>}
        {operation.agreedAboveClaimed && (
          <span className="chip amber">{t('project.note.agreedAboveClaimed', { units: '' })}</span>
        )}
      </div>
      <div className="aside">
        <span className={`chip ${colours[form.state]}`}>{named('operation.state', form.state)}</span>
        <span className="small figure">
          {t('operation.claimed', { amount: amountText(form.claimedYuan, language) })}
        </span>
        {form.agreedYuan !== null && (
          <strong className="figure">{t('operation.agreed', { amount: amountText(form.agreedYuan, language) })}</strong>
        )}
      </div>
      {onChange && (
        <div className="row card-acts">
          <Button size="small" onClick={onChange}>
            {t('operation.change')}
          </Button>
        </div>
      )}
    </li>
  );
}
