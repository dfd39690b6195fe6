import type { Path } from '../../draftForm.ts';
import type { WordKey } from '../../words.ts';

export type Section = { readonly id: string; readonly name: WordKey; readonly fields: readonly string[] };

/** The parts of the form in their order, each with the fields it holds. */
export const sections: readonly Section[] = [
  { id: 'head', name: 'form.head', fields: ['recommendingUnit', 'proposedGrade'] },
  { id: 'client', name: 'form.client', fields: ['client'] },
  { id: 'keyPersons', name: 'form.keyPersons', fields: ['keyPersons'] },
  { id: 'projects', name: 'form.projects', fields: ['projects', 'expectedSubsequentYuan'] },
  { id: 'evaluation', name: 'form.criteria', fields: ['evaluation'] },
  { id: 'basis', name: 'form.basis', fields: ['intent', 'unitDecision', 'conflictDeclaration', 'secrecy'] },
];

export const sectionOf = (path: Path): Section | undefined =>
  sections.find(({ fields }) => fields.includes(String(path[0])));

/** The id of a field's input, as the form gives it. */
export const fieldId = (path: Path): string => ['recommendation', ...path].join('_');

/** Shows a field and puts the focus into it; where the field itself is not there, into the list or the part it belongs to. */
export function goTo(id: string): void {
  const parts = id.split('_');
  let target: HTMLElement | null = null;
  for (let length = parts.length; length > 1 && target === null; length -= 1)
    target = document.getElementById(parts.slice(0, length).join('_'));
  target ??= document.getElementById(`section-${sectionOf([parts[1] ?? ''])?.id}`);
  if (!target) return;
  target.scrollIntoView({ block: 'center', behavior: 'smooth' });
  const input = target.matches('input, textarea, button, [tabindex]')
    ? target
    : target.querySelector<HTMLElement>('input, textarea, button');
  (input ?? target).focus({ preventScroll: true });
}
