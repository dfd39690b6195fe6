import type { Request, Response } from 'express';
import { type Actor, candidateKeys } from '../../cases/actor.ts';
import type { Change } from '../../cases/changes.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { authenticate } from '../authentication.ts';
import type { liveEvents } from '../contract/events.ts';
import { delegatedTasks } from '../views/delegatedTasks.ts';
import { isOverseer, readableCases, submitted } from '../views/readableCases.ts';
import type { LiveDeps } from './live.ts';

/** Milliseconds between two tellings: what changes in between is told together. */
const TELL_MS = 150;
/** Who asked is looked at again before he is told anything, but not more often. */
const SURE_MS = 2_000;
/** Whether he may read a case is remembered so long, and forgotten when a change may have changed it. */
const READABLE_MS = 60_000;
/** Beyond so many cases at once he is told to read everything again. */
const MANY_CASES = 100;
/** A reader who is so many bytes behind is let go; he comes back and reads everything again. */
const BEHIND_BYTES = 64 * 1024;

type Event = keyof typeof liveEvents;

/** One stream of events: what it may tell its person of the changes it hears of. */
export class Stream {
  readonly personId: string;
  readonly #deps: LiveDeps;
  readonly #request: Request;
  readonly #response: Response;
  #actor: Actor;
  #keys: ReadonlySet<string>;
  #sureAt = 0;
  #inbox = false;
  #organisation = false;
  #cases = new Map<string, number>();
  readonly #readable = new Map<string, { readonly may: boolean; readonly until: number }>();
  #telling: Promise<void> | null = null;
  #number = Date.now();

  constructor(deps: LiveDeps, actor: Actor, request: Request, response: Response) {
    this.#deps = deps;
    this.#request = request;
    this.#response = response;
    this.#actor = actor;
    this.#keys = new Set(candidateKeys(actor));
    this.personId = actor.personId;
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      // Proxies are not to gather it.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    response.write(`retry: ${2_000 + Math.floor(Math.random() * 2_000)}\n\n`);
    // Who comes back may have missed something.
    this.#send(request.get('Last-Event-ID') === undefined ? 'ready' : 'resync', {});
  }

  hear({ cases, keys, organisation }: Change): void {
    this.#organisation ||= organisation ?? false;
    this.#inbox ||= keys.some((key) => this.#keys.has(key));
    for (const { id, seq, readers } of cases) {
      if (readers) this.#readable.delete(id);
      this.#cases.set(id, Math.max(seq, this.#cases.get(id) ?? 0));
    }
    this.#tell();
  }

  resync(): void {
    this.#cases.clear();
    this.#inbox = false;
    this.#organisation = false;
    this.#send('resync', {});
  }

  beat(): void {
    this.#write(': \n\n');
  }

  /** Ends the stream when its session or token has; takes over what its person holds now. */
  async check(): Promise<void> {
    const identity = await authenticate(this.#deps, this.#request, { seen: false }).catch(
      (error: { code?: string }) => {
        if (error.code === 'unauthenticated') return null;
        throw error;
      },
    );
    if (!identity) return this.end();
    this.#actor = identity.actor;
    const delegated = await delegatedTasks(this.#deps, identity.actor);
    this.#keys = new Set([...candidateKeys(identity.actor), ...delegated.flatMap(({ keys }) => keys)]);
    this.#sureAt = performance.now();
  }

  end(): void {
    this.#response.end();
  }

  #tell(): void {
    this.#telling ??= this.#tellAll()
      .catch((error: unknown) => {
        this.#deps.log.warn('a stream could not tell what changed', {}, error);
        this.#response.destroy();
      })
      .finally(() => {
        this.#telling = null;
      });
  }

  async #tellAll(): Promise<void> {
    while (this.#isOpen && (this.#inbox || this.#organisation || this.#cases.size > 0)) {
      // With the organisation what he himself may do may have changed.
      if (this.#organisation || performance.now() - this.#sureAt > SURE_MS) await this.check();
      if (!this.#isOpen) return;
      const cases = this.#cases;
      this.#cases = new Map();
      if (cases.size > MANY_CASES) {
        this.resync();
      } else {
        const readable = await this.#readableOf([...cases.keys()]);
        if (this.#inbox) this.#send('inbox', {});
        this.#inbox = false;
        if (this.#organisation) this.#send('organisation', {});
        this.#organisation = false;
        for (const [id, seq] of cases) if (readable.has(id)) this.#send('case', { id, seq });
      }
      await new Promise((resolve) => setTimeout(resolve, TELL_MS));
    }
  }

  /** Those of the cases that the person may read, or oversee. */
  async #readableOf(ids: readonly string[]): Promise<Set<string>> {
    const now = performance.now();
    const unknown = ids.filter((id) => (this.#readable.get(id)?.until ?? 0) <= now);
    if (unknown.length > 0) {
      const { condition } = await readableCases(this.#deps, this.#actor);
      // Who oversees is shown where a case stands.
      const shown = isOverseer(this.#actor) ? Prisma.sql`(${condition} OR ${submitted})` : condition;
      const { rows } = await this.#deps.pool.query<{ id: string }>(
        Prisma.sql`SELECT c.id FROM cases c WHERE c.id = ANY (${unknown}) AND ${shown}`,
      );
      const found = new Set(rows.map((row) => row.id));
      for (const [id, { until }] of this.#readable) if (until <= now) this.#readable.delete(id);
      for (const id of unknown) this.#readable.set(id, { may: found.has(id), until: now + READABLE_MS });
    }
    return new Set(ids.filter((id) => this.#readable.get(id)?.may));
  }

  get #isOpen(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed;
  }

  #send(event: Event, data: object): void {
    this.#number += 1;
    this.#write(`id: ${this.#number}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #write(text: string): void {
    if (!this.#isOpen) return;
    this.#response.write(text);
    if (this.#response.writableLength > BEHIND_BYTES) this.#response.destroy();
  }
}
