import type { ReactNode } from 'react';

/** The title of a page, with what belongs beside it. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <span className="spacer" />
      {children}
    </div>
  );
}
