import type { createDescription } from './description.ts';

type Description = ReturnType<typeof createDescription>;

/** The description as a page to read; it asks no other host for anything and runs no script. */
export function docsPage(description: Description): string {
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap((method) => {
      const operation = item?.[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
  const groups = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? ''))];
  const sections = groups.map((group) => {
    const own = operations.filter(({ operation }) => operation.tags?.[0] === group);
    const rows = own.map(({ path, method, operation }) => {
      const body =
        operation.requestBody && 'content' in operation.requestBody ? operation.requestBody.content : undefined;
      const answer = operation.responses?.['200'] ?? operation.responses?.['201'];
      const needs = operation.security?.length === 0 ? 'open' : (operation.description ?? 'signed in');
      return `<details id="${escaped(operation.operationId ?? '')}"><summary><code><b>${method.toUpperCase()}</b> ${escaped(path)}</code> ${escaped(operation.summary ?? '')}</summary>
<p>${escaped(needs)}</p>${json('Parameters', operation.parameters)}${json('Request', body)}${json('Answer', answer)}</details>`;
    });
    return `<section><h2>${escaped(group)}</h2>${rows.join('\n')}</section>`;
  });
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(description.info.title)}</title><style>
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
summary{cursor:pointer;padding:.25rem 0}pre{overflow:auto;padding:.75rem;border:1px solid #8886;border-radius:4px;font-size:.8rem}
</style></head><body><main><h1>${escaped(description.info.title)}</h1><p>${escaped(description.info.description ?? '').replaceAll('\n\n', '</p><p>')}</p>
<p><a href="/openapi.json">/openapi.json</a></p>${sections.join('\n')}
<section><h2>schemas</h2>${Object.entries(description.components?.schemas ?? {})
    .map(([name, schema]) => `<details><summary><code>${escaped(name)}</code></summary>${json('', schema)}</details>`)
    .join('\n')}</section></main></body></html>`;
}

const json = (title: string, value: unknown): string =>
  value === undefined ? '' : `${title ? `<h3>${title}</h3>` : ''}<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark);
