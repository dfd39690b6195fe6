import type { Answer, Api } from './api.ts';

/** A table as a person brings it: the headings of its first row's keys, one line a row. */
export function csv(rows: readonly Readonly<Record<string, string>>[]): string {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))];
  return lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}

/** Brings a table of a kind, as a file. */
export function bring(
  api: Api,
  as: string,
  kind: string,
  content: string | Uint8Array<ArrayBuffer>,
  { name = 'table.csv', headers = {} }: { name?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const form = new FormData();
  form.set('kind', kind);
  form.set('file', new Blob([content]), name);
  return api.post('/imports', { as, raw: form, headers });
}
