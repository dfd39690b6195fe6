import type { ReactNode } from 'react';

/** An empty place says what will be here and who starts it, and may say where to look instead. */
export function Empty({ text, children }: { readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="panel soft">
      <p>{text}</p>
      {children}
    </div>
  );
}
