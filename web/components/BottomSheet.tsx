import { type ReactNode, useEffect, useRef } from 'react';

type Props = {
  readonly title: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
};

/** A dialog that comes from the lower edge of a phone, within a thumb's reach; on a desk it stands in the middle. */
export function BottomSheet({ title, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Not an input: a phone would bring up its keyboard over the sheet.
    heading.current?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="bottom-sheet"
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </dialog>
  );
}
