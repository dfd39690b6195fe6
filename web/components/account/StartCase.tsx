import type { ReactNode } from 'react';
import { useAct } from '../../api/act.ts';
import { useSendAlong } from '../../api/upload.ts';
import { useOnward } from '../../onward.ts';
import { bodyOf } from '../Fields.tsx';
import { FormDialog } from '../FormDialog.tsx';

type Values = Readonly<Record<string, unknown>>;

type Props = {
  /** The route by which it is started, where several start one by what was filled in. */
  readonly path: string | ((values: Values) => string);
  readonly title: string;
  readonly submit: string;
  readonly initialValues?: Values;
  /** What is sent of what was filled in; all of it where this is missing. */
  readonly body?: (values: Values) => object;
  /** The inputs; one that depends on another reads it by `Form.useWatch`. What goes with the case is chosen by `EvidenceFiles`. */
  readonly children: ReactNode;
  readonly onClose: () => void;
};

/** Asks for what a case is started with, starts it, sends it the files that go with it, and goes on to its page. */
export function StartCase({
  path,
  title,
  submit,
  initialValues = {},
  body = (values) => values,
  children,
  onClose,
}: Props) {
  const onward = useOnward();
  const sendAlong = useSendAlong();
  const act = useAct<{ caseId: string }>([['account'], ['cases'], ['person'], ['unit'], ['unattended']]);
  const start = ({ files = [], ...given }: Values & { readonly files?: readonly File[] }) => {
    const values = bodyOf(given);
    act.mutate(
      { method: 'POST', path: typeof path === 'string' ? path : path(values), body: body(values) },
      {
        onSuccess: ({ value: { caseId } }) => {
          sendAlong(caseId, files);
          onward(`/cases/${caseId}`);
        },
      },
    );
  };
  return (
    <FormDialog
      title={title}
      submit={submit}
      name="start"
      initialValues={initialValues}
      act={act}
      onSubmit={start}
      onClose={onClose}
    >
      {children}
    </FormDialog>
  );
}
