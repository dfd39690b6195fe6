import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Kept, vaultOf } from '../draftVault.ts';

type KeptDraft<Draft> = Kept & { readonly draft: Draft };

export type KeptDrafting<Draft> = {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  /** Whether it was left on this device before, and brought back. */
  readonly recovered: boolean;
  /** Whether what is typed now is kept on this device. */
  readonly kept: boolean;
  readonly forget: () => Promise<void>;
};

/** What is typed into a form that is saved only at the end is kept on the device until then, encrypted: by its person, and by what it is of. */
export function useKeptDraft<Draft>(personId: string, of: string, initial: Draft): KeptDrafting<Draft> {
  const vault = useMemo(() => vaultOf<KeptDraft<Draft>>(personId, of), [personId, of]);
  const [draft, setDraft] = useState(initial);
  const latest = useRef(initial);
  const [recovered, setRecovered] = useState(false);
  const [kept, setKept] = useState(false);
  const keep = useCallback(
    (next: Draft) => {
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
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part };
      setDraft(latest.current);
      keep(latest.current);
    },
    [keep],
  );
  return { draft, change, recovered, kept, forget: vault.forget };
}
