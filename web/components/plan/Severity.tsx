import { useWords } from '../../words.ts';

const tones: Readonly<Record<string, string>> = { high: 'red', medium: 'amber' };

/** How grave a warning is, in colour and in words. */
export function Severity({ severity }: { readonly severity: string | null }) {
  const { named } = useWords();
  if (severity === null) return null;
  return <span className={`chip ${tones[severity] ?? ''}`}>{named('severity', severity)}</span>;
}
