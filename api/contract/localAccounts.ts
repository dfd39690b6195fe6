import { z } from 'zod';
import { administratorRoles } from '../../domain/roles.ts';
import { code, password } from './entering.ts';
import type { Route } from './route.ts';
import { done, id, idParams, listOf, pageQuery, personRef, time, unitRef } from './shared.ts';

const state = {
  login: z.string(),
  changedAt: time,
  /** A one-time password was given out and not replaced yet. */
  mustChange: z.boolean(),
  /** Since when a code is asked for at sign-in. */
  secondFactorSince: time.nullable(),
};

export const localAccountView = z.strictObject({
  person: personRef,
  unit: unitRef,
  ...state,
  /** The one-time password is no longer taken. */
  expired: z.boolean(),
  /** The second half of an administrator's one-time password waits for another administrator. */
  otherHalfWaits: z.boolean(),
});
export type LocalAccountView = z.infer<typeof localAccountView>;

export const ownAccount = z.strictObject({ ...state, recoveryCodesLeft: z.number().int() });
export type OwnAccount = z.infer<typeof ownAccount>;

/** Told this once. `half`: it is an administrator's, and another administrator is told the rest. */
export const oneTimePassword = z.strictObject({
  login: z.string(),
  password: z.string(),
  half: z.boolean(),
  expiresAt: time,
});
export type OneTimePassword = z.infer<typeof oneTimePassword>;

export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });

export const localAccountRoutes = {
  accounts: {
    method: 'get',
    path: '/local-accounts',
    summary: 'Local accounts, as those who issue them see them',
    roles: administratorRoles,
    query: z.strictObject({ personId: id.optional(), ...pageQuery }),
    response: listOf(localAccountView),
  },
  create: {
    method: 'post',
    path: '/persons/{id}/local-account',
    summary: 'Make a person’s local account; its one-time password is told this once',
    scope: 'admin',
    roles: ['securityAdmin'],
    params: idParams,
    status: 201,
    response: oneTimePassword,
  },
  reset: {
    method: 'post',
    path: '/persons/{id}/local-account/reset',
    summary: 'A new one-time password; ends the person’s sessions; with `secondFactor` takes that away too',
    scope: 'admin',
    roles: ['securityAdmin'],
    params: idParams,
    body: z.strictObject({ secondFactor: z.boolean() }),
    response: oneTimePassword,
  },
  otherHalf: {
    method: 'post',
    path: '/persons/{id}/local-account/other-half',
    summary: 'The second half of an administrator’s one-time password, told once to another administrator',
    scope: 'admin',
    roles: administratorRoles,
    params: idParams,
    response: z.strictObject({ password: z.string() }),
  },
  remove: {
    method: 'delete',
    path: '/persons/{id}/local-account',
    summary: 'End a person’s local account',
    scope: 'admin',
    roles: ['securityAdmin'],
    params: idParams,
    response: done,
  },
  own: {
    method: 'get',
    path: '/me/local-account',
    summary: 'One’s own local account; null where one signs in otherwise',
    response: z.strictObject({ account: ownAccount.nullable() }),
  },
  changePassword: {
    method: 'put',
    path: '/me/password',
    summary: 'Change one’s password; ends one’s other sessions',
    scope: 'admin',
    body: z.strictObject({ current: password, password }),
    response: done,
  },
  beginSecondFactor: {
    method: 'post',
    path: '/me/second-factor',
    summary: 'A secret for an authenticator, in use once a code of it is shown',
    scope: 'admin',
    response: z.strictObject({ secret: z.string(), uri: z.string() }),
  },
  confirmSecondFactor: {
    method: 'post',
    path: '/me/second-factor/confirm',
    summary: 'Show a code of the authenticator; recovery codes are told this once',
    scope: 'admin',
    body: z.strictObject({ code }),
    response: recoveryCodes,
  },
  removeSecondFactor: {
    method: 'delete',
    path: '/me/second-factor',
    summary: 'Ask for no code any more',
    scope: 'admin',
    response: done,
  },
  recoveryCodes: {
    method: 'post',
    path: '/me/recovery-codes',
    summary: 'New recovery codes in place of the old ones',
    scope: 'admin',
    response: recoveryCodes,
  },
} as const satisfies Record<string, Route>;
