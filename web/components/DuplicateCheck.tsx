import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useEffect, useState } from 'react';
import type { ClientCheckResult } from '../../api/contract/clients.ts';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import { checkUscc } from '../../domain/uscc.ts';
import { call } from '../api/call.ts';
import { asProblem } from '../api/problem.ts';
import { CheckAnswer } from './exclusivity/CheckAnswer.tsx';

/** Milliseconds after the last key before the register is asked: each different thing that is asked counts (Article 11). */
const QUIET = 900;

type Entity = { readonly name?: string | undefined; readonly uscc?: string | undefined };
type Props = {
  /** Where the entity stands in the form: the client itself, or one of its members. */
  readonly at?: readonly (string | number)[];
  /** What the draft has already: of it nothing is asked, it may be this very recommendation that holds it. */
  readonly known?: Entity | undefined;
};

/** Whether a company being typed is free to be recommended; asked while typing. The answer leaks nothing (Article 7.1). */
export function DuplicateCheck({ at = ['client'], known }: Props) {
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
    retry: false,
    queryFn: async ({ signal }) =>
      (await call<ClientCheckResult>('POST', '/clients/check', { body: asked, signal })).value,
  });
  // One who may ask no more today goes on with his form: submitting it is not asking.
  if (check.isError) return <p className="small soft">{asProblem(check.error).detail}</p>;
  if (!check.data) return null;
  const nameOnly = check.data.result === 'free' && typed !== '' && !code.ok;
  return <CheckAnswer answer={check.data} nameOnly={nameOnly} />;
}
