/** A refusal as the console knows it: an RFC 9457 problem of the API, or `network` when no answer came at all. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly article: string | null;
  /** Path into the request, as in `client.members.0.uscc`. */
  readonly field: string | null;
  /** What people call the field. */
  readonly fieldName: string | null;
  /** The problem's own further members, such as what is missing. */
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const text = (name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '');
    super(text('detail') || text('title') || `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = text('code') || (status === 0 ? 'network' : 'internal');
    this.title = text('title');
    this.detail = text('detail');
    this.article = text('article') || null;
    this.field = text('field') || null;
    this.fieldName = text('fieldName') || null;
    this.body = body;
  }

  /** Whether the same request may simply be sent again. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, { detail: error instanceof Error ? error.message : '' });
