import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { type Path, pathOf, sameJson, without } from '../draftForm.ts';
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

export type Draft = {
  readonly view: RecommendationView;
  readonly saving: SavingState;
  readonly faults: readonly Fault[];
  readonly problem: Problem | null;
  readonly edit: (form: DraftForm) => void;
  /** Saves what is not saved yet; false when that did not succeed. */
  readonly flush: () => Promise<boolean>;
};

type Saved = Answer<RecommendationView> & { readonly faults: readonly Fault[] };

/**
 * A draft that saves itself: one saving at a time, each on top of the version before (If-Match), again when the network
 * was lost. Ill-formed fields are named and set aside, so that they never keep the rest from being saved.
 */
export function useDraft(initial: RecommendationView): Draft {
  const client = useQueryClient();
  const [view, setView] = useState(initial);
  const [saving, setSaving] = useState<SavingState>('saved');
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const version = useRef(`"${initial.version}"`);
  const waiting = useRef<DraftForm | null>(null);
  const running = useRef<Promise<boolean> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const flush = useCallback(async (): Promise<boolean> => {
    if (timer.current) clearTimeout(timer.current);
    if (running.current) await running.current;
    if (!waiting.current) return true;
    const form = waiting.current;
    waiting.current = null;
    setSaving('saving');
    running.current = save(initial.caseId, form, version.current)
      .then((saved) => {
        version.current = saved.etag ?? `"${saved.value.version}"`;
        setView(saved.value);
        setFaults(saved.faults);
        setProblem(null);
        setSaving(waiting.current ? 'unsaved' : 'saved');
        client.setQueryData(['case', initial.caseId, 'form'], saved.value);
        return true;
      })
      .catch((error: unknown) => {
        const refusal = asProblem(error);
        waiting.current ??= form;
        setProblem(refusal);
        setSaving(refusal.retryable ? 'offline' : refusal.code === 'draftChanged' ? 'conflict' : 'refused');
        if (refusal.retryable) timer.current = setTimeout(() => void flush(), AGAIN);
        return false;
      })
      .finally(() => {
        running.current = null;
      });
    return running.current;
  }, [client, initial.caseId]);

  const edit = useCallback(
    (form: DraftForm) => {
      waiting.current = form;
      setSaving('unsaved');
      if (timer.current) clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), QUIET);
    },
    [flush],
  );

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (waiting.current || running.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
      void flush();
    };
  }, [flush]);

  return { view, saving, faults, problem, edit, flush };
}

async function save(caseId: string, given: DraftForm, version: string): Promise<Saved> {
  const path = `/recommendations/${caseId}`;
  const faults: Fault[] = [];
  let form = given;
  for (;;) {
    try {
      const answer = await call<RecommendationView>('PUT', path, { body: { form }, ifMatch: version, key: newKey() });
      return { ...answer, faults };
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
