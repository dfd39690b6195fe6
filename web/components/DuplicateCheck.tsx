import { useQuery } from '@tanstack/react-query';
import { Alert, Form } from 'antd';
import { useEffect, useState } from 'react';
import type { ClientCheckResult } from '../../api/contract/clients.ts';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import { checkUscc } from '../../domain/uscc.ts';
import { call } from '../api/call.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';

/** Milliseconds after the last key before the register is asked. */
const QUIET = 500;

type Entity = { readonly name?: string | undefined; readonly uscc?: string | undefined };
type Props = {
  /** Where the entity stands in the form: the client itself, or one of its members. */
  readonly at?: readonly (string | number)[];
  /** What the draft has already: of it nothing is asked, it may be this very recommendation that holds it. */
  readonly known?: Entity | undefined;
};

/** Whether a company being typed is free to be recommended; asked while typing. The answer leaks nothing (Article 7.1). */
export function DuplicateCheck({ at = ['client'], known }: Props) {
  const { t, named, called } = useWords();
  const form = Form.useFormInstance<DraftForm>();
  const name = (Form.useWatch([...at, 'name'], form) as string | undefined)?.trim() ?? '';
  const typed = (Form.useWatch([...at, 'uscc'], form) as string | undefined)?.trim() ?? '';
  const code = checkUscc(typed);
  const [asked, setAsked] = useState<{ name?: string; code?: string }>({});
  const wantedName = name.length >= 2 && name !== known?.name ? name : '';
  const wantedCode = code.ok && code.code !== known?.uscc ? code.code : '';
  useEffect(() => {
    const timer = setTimeout(
      () => setAsked({ ...(wantedName && { name: wantedName }), ...(wantedCode && { code: wantedCode }) }),
      QUIET,
    );
    return () => clearTimeout(timer);
  }, [wantedName, wantedCode]);

  const check = useQuery<ClientCheckResult>({
    queryKey: ['check', asked],
    enabled: asked.name !== undefined || asked.code !== undefined,
    queryFn: async ({ signal }) =>
      (await call<ClientCheckResult>('POST', '/clients/check', { body: asked, signal })).value,
  });
  if (!check.data) return null;
  const { result, holder, names } = check.data;
  // Nothing was found under the name alone: that does not make the company free.
  const nameOnly = result === 'free' && typed !== '' && !code.ok;
  return (
    <Alert
      style={{ marginBottom: 16, gridColumn: '1 / -1' }}
      showIcon
      role="status"
      type={nameOnly || result === 'near' ? 'info' : result === 'free' ? 'success' : 'warning'}
      title={nameOnly ? t('check.nameOnly') : t(`check.${result}`, { holder: called(holder) })}
      description={
        result === 'near' ? (
          <ul className="small" style={{ margin: 0, paddingLeft: 18 }}>
            {names.map((near) => (
              <li key={near.name}>
                {near.name} <span className="soft">{named('near', near.why)}</span>
              </li>
            ))}
          </ul>
        ) : result === 'held' ? (
          <ArticleTag article="7.3" />
        ) : result === 'inProgress' ? (
          <ArticleTag article="7.1" />
        ) : undefined
      }
    />
  );
}
