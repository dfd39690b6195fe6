/** What holds the inputs that a refusal may be about: its dialog, its form with what stands around, its part of the page. */
const AROUND = '[role="dialog"], .answer-form, form, section, main';

/**
 * Gives the focus to the input of a field, by its path into the request, in what is around `notice`; antd names inputs after their form
 * and field. Nothing happens where the form that is open has no such field.
 */
export function focusField(notice: Element, path: string): void {
  const parts = path.split('.');
  for (let around = notice.closest(AROUND); around; around = around.parentElement?.closest(AROUND) ?? null) {
    for (let start = 0; start < parts.length; start++) {
      const name = CSS.escape(parts.slice(start).join('_'));
      const found = around.querySelector<HTMLElement>(`[id$="_${name}"], [id="${name}"]`);
      if (!found) continue;
      const input = found.matches('input, textarea, button, [tabindex]') ? found : found.querySelector('input');
      input?.focus();
      return;
    }
    if (around.matches('[role="dialog"]')) return;
  }
}
