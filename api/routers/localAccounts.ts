import {
  changePassword,
  checkPassword,
  issuePassword,
  LOCAL,
  localAccountOf,
  otherHalf,
  removeAccount,
} from '../../cases/localAccounts.ts';
import { currentPolicy } from '../../cases/policies.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  recoveryCodesLeft,
  removeSecondFactor,
  renewRecoveryCodes,
} from '../../cases/secondFactor.ts';
import { brakeOf, tryUnder } from '../../cases/signInBrakes.ts';
import { guardProof } from '../../cases/stepUp.ts';
import { DomainError } from '../../domain/errors.ts';
import { localAccountRoutes as routes } from '../contract/localAccounts.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routing } from '../routing.ts';
import { timeOf, timeOrNull } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { keyOf, pageOf } from '../views/pages.ts';

const done = { done: true as const };

/** Local accounts: given out and reset by the security administrator, looked after by whom they are of. */
export function mountLocalAccounts({ on }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.accounts, async ({ query: { personId, cursor, limit } }) => {
    const [after] = keyOf(cursor, 'text') ?? [];
    const rows = await prisma.localCredential.findMany({
      where: { AND: [personId ? { personId } : {}, after === undefined ? {} : { personId: { gt: after } }] },
      orderBy: { personId: 'asc' },
      take: limit + 1,
    });
    const { items: accounts, nextCursor } = pageOf(rows, limit, (row) => [row.personId]);
    const persons = await prisma.person.findMany({ where: { id: { in: accounts.map((row) => row.personId) } } });
    const names = await loadNames(prisma, { units: persons.map((person) => person.unitId) });
    return {
      items: accounts.flatMap((account) => {
        const person = persons.find(({ id }) => id === account.personId);
        if (!person) return [];
        const { id, name, nameEn, login, unitId } = person;
        return {
          person: { id, name, nameEn },
          unit: names.unit(unitId),
          login,
          changedAt: timeOf(account.changedAt),
          mustChange: account.mustChange,
          secondFactorSince: timeOrNull(account.totpSince),
          expired: account.expiresAt !== null && account.expiresAt.getTime() < Date.now(),
          otherHalfWaits: account.otherHalf !== null,
        };
      }),
      nextCursor,
    };
  });

  const issued = async (request: Parameters<typeof issuePassword>[1]) => {
    const { expiresAt, ...told } = await issuePassword(deps, request);
    return { ...told, expiresAt: timeOf(expiresAt) };
  };

  on(routes.create, async ({ actor, params }) =>
    issued({ adminId: actor.personId, personId: params.id, isNew: true, secondFactor: false }),
  );

  on(routes.reset, async ({ actor, params, body }) =>
    issued({ adminId: actor.personId, personId: params.id, isNew: false, ...body }),
  );

  on(routes.otherHalf, async ({ actor, params }) => ({
    password: await otherHalf(deps, { adminId: actor.personId, personId: params.id }),
  }));

  on(routes.remove, async ({ actor, params }) => {
    await removeAccount(deps, { adminId: actor.personId, personId: params.id });
    return done;
  });

  on(routes.own, async ({ actor }) => {
    const account = await localAccountOf(deps.pool, actor.personId);
    if (!account) return { account: null };
    const { login, changedAt, mustChange, totpSince } = account;
    return {
      account: {
        login,
        changedAt: timeOf(changedAt),
        mustChange,
        secondFactorSince: timeOrNull(totpSince),
        recoveryCodesLeft: await recoveryCodesLeft(deps, actor.personId),
      },
    };
  });

  on(routes.changePassword, async ({ actor, identity, body }) => {
    if (!identity.session) throw new DomainError('stepUpByToken');
    const account = await localAccountOf(deps.pool, actor.personId);
    if (!account) throw new DomainError('notFound');
    const attempt = await tryUnder(deps, [brakeOf('login', 'own', actor.personId)]);
    if ((await checkPassword(deps.pool, account.login, body.current)) !== actor.personId)
      return attempt.failed(new DomainError('currentPasswordWrong', {}, 'current'), {
        personId: actor.personId,
        method: LOCAL,
      });
    await attempt.succeeded();
    await changePassword(deps, {
      ...{ personId: actor.personId, password: body.password, keep: identity.session.id },
      // Read again: checking may have hashed it anew.
      account: (await localAccountOf(deps.pool, actor.personId)) ?? account,
    });
    return done;
  });

  // How one proves who one is, is changed only by one who has just proved it.
  on(routes.beginSecondFactor, async ({ actor, identity }) => {
    guardProof(await currentPolicy(deps.pool), identity);
    return beginSecondFactor(deps, actor.personId);
  });

  on(routes.confirmSecondFactor, async ({ actor, identity, body }) => {
    guardProof(await currentPolicy(deps.pool), identity);
    return { recoveryCodes: await confirmSecondFactor(deps, actor.personId, body.code) };
  });

  on(routes.removeSecondFactor, async ({ actor, identity }) => {
    guardProof(await currentPolicy(deps.pool), identity);
    await removeSecondFactor(deps, actor.personId);
    return done;
  });

  on(routes.recoveryCodes, async ({ actor, identity }) => {
    guardProof(await currentPolicy(deps.pool), identity);
    return { recoveryCodes: await renewRecoveryCodes(deps, actor.personId) };
  });
}
