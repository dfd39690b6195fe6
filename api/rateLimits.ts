import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { DomainError } from '../domain/errors.ts';
import type { ApiDeps } from './deps.ts';

export type RateLimits = {
  /** Refused sign-ins and tokens of one address, so that nobody guesses. */
  readonly refused: RequestHandler;
  readonly signIn: RequestHandler;
  readonly person: RequestHandler;
  /** The register must not be read out by asking it name by name. */
  readonly clientCheck: RequestHandler;
};

/** Counts a minute at a time, in this process. */
export function createRateLimits({ limits }: Pick<ApiDeps, 'limits'>): RateLimits {
  const address = (request: Request) => ipKeyGenerator(request.ip ?? '');
  const person = (_request: Request, response: Response) => String(response.locals.identity.actor.personId);
  const limited = (limit: number, keyGenerator: (request: Request, response: Response) => string) => ({
    windowMs: 60_000,
    limit,
    keyGenerator,
    standardHeaders: 'draft-8' as const,
    legacyHeaders: false,
    handler: () => {
      throw new DomainError('rateLimited');
    },
  });
  return {
    refused: rateLimit(limited(limits.refused, address)),
    signIn: rateLimit(limited(limits.signIn, address)),
    person: rateLimit(limited(limits.person, person)),
    clientCheck: rateLimit(limited(limits.clientCheck, person)),
  };
}
