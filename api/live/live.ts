import type { Request, Response } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { startRounds } from '../../platform/rounds.ts';
import type { Identity } from '../authentication.ts';
import type { ApiDeps } from '../deps.ts';
import { Stream } from './stream.ts';

export type LiveDeps = Pick<ApiDeps, 'pool' | 'prisma' | 'log' | 'config' | 'announcements'>;

export type Live = {
  /** Answers a request with a stream of events. @throws DomainError `rateLimited` when the person has too many */
  open(identity: Identity, request: Request, response: Response): void;
  /** Ends all streams. */
  stop(): Promise<void>;
};

/** A browser needs one, and a person has a few browsers. */
const STREAMS_A_PERSON = 12;
const BEAT_MS = 20_000;
const CHECK_MS = 15_000;

/** The streams of this process: each is told what its person may know of what is announced. */
export function startLive(deps: LiveDeps): Live {
  const streams = new Set<Stream>();
  const stopHearing = deps.announcements.hear({
    onChange: (change) => {
      for (const stream of streams) stream.hear(change);
    },
    onGap: () => {
      for (const stream of streams) stream.resync();
    },
  });
  const beats = setInterval(() => {
    for (const stream of streams) stream.beat();
  }, BEAT_MS);
  const checks = startRounds({
    everyMs: CHECK_MS,
    round: async () => {
      for (const stream of streams) await stream.check();
    },
    onError: (error) => deps.log.warn('streams could not be checked', {}, error),
  });
  return {
    open({ actor }, request, response) {
      const own = [...streams].filter((stream) => stream.personId === actor.personId);
      if (own.length >= STREAMS_A_PERSON) throw new DomainError('rateLimited');
      const stream = new Stream(deps, actor, request, response);
      streams.add(stream);
      response.on('close', () => streams.delete(stream));
    },
    async stop() {
      clearInterval(beats);
      stopHearing();
      await checks.stop();
      for (const stream of streams) stream.end();
    },
  };
}
