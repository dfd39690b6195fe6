import { useEffect, useEffectEvent } from 'react';
import { preferences } from './preferences.ts';

/** Where a key is text, or moves within a control of its own. */
const WRITING =
  'input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable=true], [role=combobox], [role=textbox], [role=listbox], [role=menu]';
const DIALOGS = 'dialog[open], .ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open';

/** While an input method composes, every key is the method's: Enter takes a candidate, digits choose one. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

const isWriting = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest(WRITING) !== null;

/**
 * Keys of a page, by `KeyboardEvent.key`, wherever the focus is but in an input or a dialog, which keep all of theirs; none for who has turned them
 * off. `preventDefault` is called for a key that is listed.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isComposing(event)) return;
    if (!preferences().shortcuts || isWriting(event) || document.querySelector(DIALOGS)) return;
    const act = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

/** Ctrl+Enter, or ⌘+Enter: submits from anywhere in a form, a text of several lines too. */
export const isSubmitting = (event: KeyboardEvent): boolean =>
  event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event);
