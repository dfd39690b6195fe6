import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export type Answered = { readonly status: number; readonly body: string };

/** One request over a connection that is kept. Errors: the connection breaks. */
export function send(
  method: 'GET' | 'POST',
  url: string,
  { headers = {}, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown } = {},
): Promise<Answered> {
  const text = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method,
        agent,
        headers: {
          ...headers,
          ...(text === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
        },
      },
      (response) => {
        let told = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          told += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: told }));
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(text);
  });
}

/** @throws what was answered, where it was not taken */
export async function taken(answer: Promise<Answered>): Promise<void> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${body}`);
}
