import { z } from 'zod';
import { password } from './entering.ts';
import type { Route } from './route.ts';
import { done, shortText } from './shared.ts';

const firstPerson = z.strictObject({
  name: shortText.min(1),
  nameEn: shortText.min(1),
  /** What one signs in with: letters, figures, dots, hyphens. */
  login: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/),
  password,
});

export const newSetup = z.strictObject({
  code: z.string().trim().min(1).max(60),
  company: z.strictObject({ name: shortText.min(1), nameEn: shortText.min(1) }),
  systemAdmin: firstPerson,
  securityAdmin: firstPerson,
});

export const setupRoutes = {
  isOpen: {
    method: 'get',
    path: '/setup',
    summary: 'Whether the first administrators are still to be made; 404 once there are some',
    access: 'open',
    response: z.strictObject({ open: z.literal(true) }),
  },
  setUp: {
    method: 'post',
    path: '/setup',
    summary: 'Make the first two administrators, by the code the start has printed',
    access: 'open',
    body: newSetup,
    status: 201,
    response: done,
  },
} as const satisfies Record<string, Route>;
