import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { type Path, pathOf, sameJson, sentForm, without } from '../draftForm.ts';
import { changesBetween, type Merge, mergeForms, resolved, type Side } from '../draftMerge.ts';
import { type Kept, type Vault, vaultOf } from '../draftVault.ts';
import { newKey } from './act.ts';
import { type Answer, call } from './call.ts';
import { asProblem, type Problem } from './problem.ts';

/** Milliseconds after the last key before a draft is saved, and before it is tried again when nobody answered. */
const QUIET = 1_200;
const AGAIN = 4_000;
/** So many ill-formed fields are set aside in one saving; a form has far fewer. */
const FAULTS = 40;

export type SavingState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'refused' | 'conflict';
/** A field the API would not take; the rest of the form is saved without it. */
export type Fault = { readonly path: Path; readonly detail: string };
/** What the form was made of besides what was saved: typed before and kept on the device, changed elsewhere meanwhile. */
export type Brought = 'recovered' | 'merged';

export type Draft = {
  readonly view: RecommendationView;
  /** What the form begins with; changes with `generation` when it was joined with what was saved elsewhere. */
  readonly form: DraftForm;
  readonly generation: number;
  readonly saving: SavingState;
  /** Whether what is not saved yet is kept on this device. */
  readonly kept: boolean;
  readonly brought: Brought | null;
  readonly faults: readonly Fault[];
  readonly problem: Problem | null;
  /** Fields changed here and elsewhere, each to something else; nothing is typed or saved until they are settled. */
  readonly conflicts: Merge['conflicts'];
  readonly settle: (sides: Readonly<Record<string, Side>>) => void;
  readonly edit: (form: DraftForm) => void;
  /** Saves what is not saved yet; false when that did not succeed. */
  readonly flush: () => Promise<boolean>;
};

/** What was typed on top of a saved form. */
type KeptDraft = Kept & {
  /** The saved form that was being edited, and its version: what a merge starts from. */
  readonly base: { readonly version: number; readonly form: DraftForm };
  readonly form: DraftForm;
};

/** What a draft begins with: the form as it was saved, and what this device had kept. */
export type Opening = {
  readonly view: RecommendationView;
  readonly kept: readonly KeptDraft[];
  readonly vault: Vault<KeptDraft>;
};

export async function openDraft(view: RecommendationView, personId: string): Promise<Opening> {
  const vault = vaultOf<KeptDraft>(personId, view.caseId);
  return { view, kept: await vault.recall(), vault };
}

/** Joins what was saved with what the device had kept, the oldest first. */
function begin({ view, kept }: Opening): { merge: Merge; brought: Brought | null } {
  let merge: Merge = { form: view.form, conflicts: [] };
  let brought: Brought | null = null;
  for (const { base, form } of kept) {
    if (sameJson(sentForm(form), sentForm(merge.form))) continue;
    brought = base.version === view.version ? (brought ?? 'recovered') : 'merged';
    const next = mergeForms(base.form, form, merge.form);
    merge = { form: next.form, conflicts: [...merge.conflicts, ...next.conflicts] };
  }
  return { merge, brought };
}

type Saved = Answer<RecommendationView> & { readonly faults: readonly Fault[] };

/**
 * A draft that saves itself: one saving at a time, each on top of the version before (If-Match), again when the network is
 * back. What is not saved is kept on the device. Where the draft was changed elsewhere too, both are joined, and the person is
 * asked where they cannot be. Ill-formed fields are named and set aside, so that they never keep the rest from being saved.
 */
export function useDraft(opening: Opening): Draft {
  const { vault } = opening;
  const { caseId } = opening.view;
  const client = useQueryClient();
  const start = useMemo(() => begin(opening), [opening]);
  const [view, setView] = useState(opening.view);
  const [shown, setShown] = useState({ form: start.merge.form, generation: 0 });
  const [saving, setSaving] = useState<SavingState>('saved');
  const [kept, setKept] = useState(false);
  const [brought, setBrought] = useState(start.brought);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [merge, setMerge] = useState<Merge | null>(start.merge.conflicts.length > 0 ? start.merge : null);
  /** The form as it was saved last, which edits start from. */
  const base = useRef({ version: opening.view.version, form: opening.view.form });
  const waiting = useRef<DraftForm | null>(null);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const unsettled = useRef(start.merge.conflicts.length > 0);

  const show = useCallback((form: DraftForm) => {
    setShown(({ generation }) => ({ form, generation: generation + 1 }));
  }, []);

  const keep = useCallback(
    async (form: DraftForm) => {
      const done = await vault.keep({ base: base.current, form, at: new Date().toISOString() });
      setKept(done);
    },
    [vault],
  );

  const saved = useCallback(
    (answer: Saved) => {
      base.current = { version: answer.value.version, form: answer.value.form };
      setView(answer.value);
      setFaults(answer.faults);
      setProblem(null);
      setSaving(waiting.current ? 'unsaved' : 'saved');
      client.setQueryData(['case', caseId, 'form'], answer.value);
      // What was set aside as ill-formed is saved nowhere: it stays kept.
      if (!waiting.current && answer.faults.length === 0) {
        setKept(false);
        void vault.forget();
      }
    },
    [client, caseId, vault],
  );

  /** The draft was changed elsewhere: joins both, and goes on where nothing contradicts. @returns whether it can be saved again */
  const join = useCallback(
    async (mine: DraftForm): Promise<boolean> => {
      const { value: theirs } = await call<RecommendationView>('GET', `/recommendations/${caseId}`);
      const next = mergeForms(base.current.form, waiting.current ?? mine, theirs.form);
      if (next.conflicts.length > 0) {
        // What was typed stays kept on the version it was typed on, until the person has chosen.
        unsettled.current = true;
        setMerge(next);
        setView(theirs);
        return false;
      }
      base.current = { version: theirs.version, form: theirs.form };
      waiting.current = next.form;
      setView(theirs);
      setBrought('merged');
      show(next.form);
      void keep(next.form);
      return true;
    },
    [caseId, show, keep],
  );

  const flush = useCallback(async (): Promise<boolean> => {
    if (timer.current) clearTimeout(timer.current);
    if (running.current) await running.current;
    if (!waiting.current) return true;
    if (unsettled.current) return false;
    const form = waiting.current;
    waiting.current = null;
    setSaving('saving');
    running.current = save(caseId, form, base.current.version)
      .then((answer) => {
        saved(answer);
        return true;
      })
      .catch(async (error: unknown) => {
        const refusal = asProblem(error);
        waiting.current ??= form;
        setProblem(refusal);
        if (refusal.code === 'draftChanged') {
          setSaving('conflict');
          const joined = await join(waiting.current).catch(() => true);
          if (joined) timer.current = setTimeout(() => void flush(), 0);
          return false;
        }
        setSaving(refusal.retryable ? 'offline' : 'refused');
        if (refusal.retryable) timer.current = setTimeout(() => void flush(), AGAIN);
        return false;
      })
      .finally(() => {
        running.current = null;
      });
    return running.current;
  }, [caseId, saved, join]);

  const edit = useCallback(
    (form: DraftForm) => {
      waiting.current = form;
      setSaving((before) => (unsettled.current ? 'conflict' : before === 'offline' ? 'offline' : 'unsaved'));
      void keep(form);
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), QUIET);
    },
    [flush, keep],
  );

  const settle = useCallback(
    (sides: Readonly<Record<string, Side>>) => {
      if (!merge) return;
      const form = resolved(merge, sides);
      base.current = { version: view.version, form: view.form };
      unsettled.current = false;
      setMerge(null);
      setBrought('merged');
      show(form);
      edit(form);
    },
    [merge, view, show, edit],
  );

  // What the device had kept is saved as soon as the form is open again.
  useEffect(() => {
    if (start.brought === null) return;
    if (start.merge.conflicts.length > 0) {
      setSaving('conflict');
      waiting.current ??= start.merge.form;
    } else edit(start.merge.form);
  }, [start, edit]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if ((waiting.current || running.current) && !kept) event.preventDefault();
    };
    const back = () => void flush();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('online', back);
    };
  }, [flush, kept]);
  useEffect(() => () => void flush(), [flush]);

  return {
    view,
    ...shown,
    saving,
    kept,
    brought,
    faults,
    problem,
    conflicts: merge?.conflicts ?? [],
    settle,
    edit,
    flush,
  };
}

/** What a kept draft changed; for one that may no longer be edited. */
export const keptChanges = (kept: readonly KeptDraft[]) =>
  kept.flatMap(({ base, form }) => changesBetween(base.form, form));

async function save(caseId: string, given: DraftForm, version: number): Promise<Saved> {
  const path = `/recommendations/${caseId}`;
  const faults: Fault[] = [];
  let form = given;
  for (;;) {
    try {
      const options = { body: { form }, ifMatch: `"${version}"`, key: newKey() };
      return { ...(await call<RecommendationView>('PUT', path, options)), faults };
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status === 412) {
        // A saving whose answer was lost: what is there is what was sent.
        const now = await call<RecommendationView>('GET', path);
        if (sameJson(now.value.form, form)) return { ...now, faults };
        throw problem;
      }
      const found = faultsOf(problem);
      if (found.length === 0 || faults.length > FAULTS) throw problem;
      faults.push(...found);
      form = found.reduce((rest, fault) => without(rest, fault.path), form);
    }
  }
}

function faultsOf(problem: Problem): Fault[] {
  if (problem.status !== 422) return [];
  const several = Array.isArray(problem.body.faults)
    ? (problem.body.faults as { field?: string; detail: string }[])
    : [];
  const named = several.filter(({ field }) => field !== undefined);
  if (named.length > 0) return named.map(({ field = '', detail }) => ({ path: pathOf(field), detail }));
  return problem.field ? [{ path: pathOf(problem.field), detail: problem.detail }] : [];
}
