import type { DraftForm } from '../api/contract/recommendationForm.ts';
import { subsequentSum } from '../domain/grading.ts';
import { fenFromYuan, yuanFromFen } from '../domain/money.ts';
import { criteria } from '../domain/recommendation.ts';

export type Path = readonly (string | number)[];

/** The path of a field as the API names it, `form.client.members.0.uscc`, in parts; the API's own prefix goes. */
export function pathOf(field: string): (string | number)[] {
  const parts = field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return parts[0] === 'form' ? parts.slice(1) : parts;
}

/** What the form shows of a draft: lists that must be there are there, and what the unit is need not be typed. */
export function shownForm(form: DraftForm, unitName: string): DraftForm {
  return {
    ...form,
    recommendingUnit: form.recommendingUnit ?? unitName,
    client: {
      codeType: 'uscc',
      ...form.client,
      formerNames: form.client?.formerNames ?? [],
      shareholders: form.client?.shareholders ?? [],
      members: form.client?.members ?? [],
      territory: form.client?.territory ?? [],
    },
    keyPersons: form.keyPersons ?? [],
    projects: form.projects ?? [],
    intent: { sealed: false, ...form.intent },
    evaluation: Object.fromEntries(
      criteria.map(({ code }) => [code, { evidence: [], ...form.evaluation?.[code] }]),
    ) as DraftForm['evaluation'],
  };
}

/** The expected sum in fen: the upcoming projects that count (Article 12). */
export function expectedFen(form: DraftForm): bigint {
  return subsequentSum(
    (form.projects ?? []).map((project) => {
      const amount = fenFromYuan(project?.amountYuan ?? '');
      return {
        stage: project?.stage ?? 'past',
        countsTowardGrade: project?.countsTowardGrade ?? false,
        amountFen: amount.ok ? amount.fen : 0n,
      };
    }),
  );
}

/** What is sent of what the form holds: nothing empty, and the expected sum as the projects give it. */
export function sentForm(shown: DraftForm): DraftForm {
  const pruned = prune(shown) as DraftForm;
  const projects = (pruned.projects ?? []).map((project) => ({
    ...project,
    countsTowardGrade: project.stage === 'upcoming' && project.countsTowardGrade === true,
  }));
  return { ...pruned, projects, expectedSubsequentYuan: yuanFromFen(expectedFen({ ...pruned, projects })) };
}

/** A value without what is empty in it. */
export function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => prune(each) ?? {});
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => [key, prune(each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return value ?? undefined;
}

/** The form without one field. Lists keep their places, so that other paths stay right. */
export function without(form: DraftForm, path: Path): DraftForm {
  const cut = (value: unknown, [head, ...rest]: Path): unknown => {
    if (head === undefined || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((each, index) => (index === head ? cut(each, rest) : each));
    const { [head]: inner, ...others } = value as Record<string | number, unknown>;
    return rest.length === 0 ? others : { ...others, [head]: cut(inner, rest) };
  };
  return cut(form, path) as DraftForm;
}

/** Whether two JSON values are the same, whatever the order of their keys. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameJson(left[key], right[key]));
}
