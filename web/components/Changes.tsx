import type { ReactNode } from 'react';

export type Change = {
  readonly key: string;
  readonly what: ReactNode;
  readonly from: ReactNode;
  readonly to: ReactNode;
};

/** What becomes what, line by line: before it is saved, and afterwards in the history. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul className="changes">
      {changes.map(({ key, what, from, to }) => (
        <li key={key}>
          <span className="soft">{what}</span>
          <span className="row">
            <del>{from}</del>
            <span aria-hidden="true">→</span>
            <ins>{to}</ins>
          </span>
        </li>
      ))}
    </ul>
  );
}
