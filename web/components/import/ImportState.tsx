import { useWords } from '../../words.ts';

const COLOURS: Readonly<Record<string, string>> = { checked: 'amber', applied: 'green' };

export function ImportState({ state }: { readonly state: string }) {
  const { named } = useWords();
  return <span className={`chip ${COLOURS[state] ?? ''}`}>{named('import.state', state)}</span>;
}
