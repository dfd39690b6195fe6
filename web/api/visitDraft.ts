import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Kept, vaultOf } from '../draftVault.ts';

/** A visit as it is being entered: nothing of it is saved before the end. */
export type VisitDraft = {
  readonly visitedOn: string;
  readonly place: string;
  /** The posts that were tapped. */
  readonly met: readonly string[];
  /** Others, as they were typed. */
  readonly others: string;
  readonly ours: readonly string[];
  readonly summary: string;
  readonly nextStep: string;
  /** Why what stood there was wrong, where a visit is corrected. */
  readonly reason: string;
};

type KeptVisit = Kept & { readonly draft: VisitDraft };

export type VisitDrafting = {
  readonly draft: VisitDraft;
  readonly change: (part: Partial<VisitDraft>) => void;
  /** Whether it was left on this device before, and brought back. */
  readonly recovered: boolean;
  /** Whether what is typed now is kept on this device. */
  readonly kept: boolean;
  readonly forget: () => Promise<void>;
};

/** What is typed is kept on the device, encrypted, until it is saved: a visit is entered where the network may be gone. */
export function useVisitDraft(personId: string, place: string, initial: VisitDraft): VisitDrafting {
  const vault = useMemo(() => vaultOf<KeptVisit>(personId, `visit:${place}`), [personId, place]);
  const [draft, setDraft] = useState(initial);
  const latest = useRef(initial);
  const [recovered, setRecovered] = useState(false);
  const [kept, setKept] = useState(false);
  const keep = useCallback(
    (next: VisitDraft) => {
      void vault.keep({ draft: next, at: new Date().toISOString() }).then(setKept);
    },
    [vault],
  );
  useEffect(() => {
    let wanted = true;
    void vault.recall().then((found) => {
      const last = found.at(-1);
      if (!wanted || !last) return;
      latest.current = last.draft;
      setDraft(last.draft);
      setRecovered(true);
      keep(last.draft);
    });
    return () => {
      wanted = false;
    };
  }, [vault, keep]);
  const change = useCallback(
    (part: Partial<VisitDraft>) => {
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      keep(latest.current);
    },
    [keep],
  );
  return { draft, change, recovered, kept, forget: vault.forget };
}
