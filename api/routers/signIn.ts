import { loadActor } from '../../cases/actor.ts';
import { recordAudit } from '../../cases/audit.ts';
import { demoOrganisation } from '../../cases/demoOrganisation.ts';
import { endSessions } from '../../cases/localAccounts.ts';
import { type StoredToken, storeToken } from '../../cases/tokens.ts';
import { DomainError } from '../../domain/errors.ts';
import { hashOf, newSecret } from '../authentication.ts';
import type { Scope } from '../contract/route.ts';
import { signInRoutes as routes, type TokenView } from '../contract/signIn.ts';
import type { ApiDeps } from '../deps.ts';
import { deviceOf } from '../device.ts';
import type { Routing } from '../routing.ts';
import { requireDemo } from '../signIn/demo.ts';
import { enter } from '../signIn/entering.ts';
import { left } from '../signIn/leaving.ts';
import { inForce, timeOf, timeOrNull } from '../views/days.ts';
import { loadNames } from '../views/names.ts';
import { whole } from '../views/pages.ts';

/** Ways in, one's own sessions and one's own tokens. */
export function mountSignIn({ on, limits }: Routing, deps: ApiDeps): void {
  const { prisma } = deps;

  on(routes.methods, async () => ({
    items: [
      ...(deps.config.demo
        ? [{ method: 'demo', kind: 'demo' as const, label: '选择演示人员', labelEn: 'Choose a demo person' }]
        : []),
      ...deps.signIn.methods.map(({ id, kind, label, labelEn }) => ({ method: id, kind, label, labelEn })),
    ],
  }));

  on(routes.demoPersons, async ({ request }) => {
    requireDemo(deps, request.hostname);
    const ids = demoOrganisation.persons.map((person) => person.id);
    const [persons, roles, terms, seats] = await Promise.all([
      prisma.person.findMany({ where: { id: { in: ids }, active: true } }),
      prisma.roleAssignment.findMany({ where: { personId: { in: ids }, ...inForce() } }),
      prisma.seatTerm.findMany({ where: { personId: { in: ids }, ...inForce() } }),
      prisma.seat.findMany(),
    ]);
    const names = await loadNames(prisma, { units: persons.map((person) => person.unitId) });
    const seatNames = new Map(seats.map((seat) => [seat.id, seat.name]));
    return whole(
      persons
        .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
        .map(({ id, name, nameEn, unitId }) => ({
          id,
          name,
          nameEn,
          unit: names.unit(unitId),
          roles: roles.filter((held) => held.personId === id).map((held) => held.role),
          seats: terms.filter((term) => term.personId === id).map((term) => seatNames.get(term.seatId) ?? term.seatId),
        })),
    );
  });

  on(
    routes.signIn,
    async ({ body, request, response }) => {
      requireDemo(deps, request.hostname);
      const actor = await loadActor(deps.pool, body.personId);
      if (!actor?.active) throw new DomainError('invalid', { field: 'personId', reason: 'inactive' }, 'personId');
      return enter(deps, { request, response }, actor.personId, body.method);
    },
    limits.signIn,
  );

  on(routes.sessions, async ({ actor, identity }) => {
    const sessions = await prisma.session.findMany({
      where: { personId: actor.personId, ...openSessions(deps) },
      orderBy: { createdAt: 'desc' },
    });
    return whole(
      sessions.map((session) => ({
        id: session.id,
        current: session.id === identity.session?.id,
        method: session.method,
        device: deviceOf(session.userAgent ?? ''),
        createdAt: timeOf(session.createdAt),
        lastSeenAt: timeOf(session.lastSeenAt),
        expiresAt: timeOf(session.expiresAt),
      })),
    );
  });

  on(routes.signOut, async ({ actor, identity, params, request, response }) => {
    const { personId } = actor;
    const own = identity.session?.id ?? null;
    if (params.id === 'others') {
      const ended = await endSessions(deps.pool, personId, own);
      await recordAudit(deps.pool, { act: 'signedOutElsewhere', actorId: personId, codes: { ended } });
      return { done: true as const, provider: null };
    }
    const id = params.id === 'current' ? (own ?? '') : params.id;
    const { count } = await prisma.session.updateMany({
      where: { id, personId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new DomainError('notFound');
    await recordAudit(deps.pool, { act: 'signedOut', actorId: personId });
    return id === own ? left(deps, { request, response }, identity) : { done: true as const, provider: null };
  });

  on(routes.tokens, async ({ actor }) => {
    const tokens = await prisma.apiToken.findMany({
      where: { personId: actor.personId, revokedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { createdAt: 'desc' },
    });
    return whole(tokens.map(tokenView));
  });

  on(routes.createToken, async ({ actor, identity, body }) => {
    // A token cannot make one that may do more than itself.
    const beyond = body.scopes.find((scope) => !identity.scopes.includes(scope));
    if (beyond) throw new DomainError('tokenScope', { scope: beyond });
    const expiresAt = new Date(Date.now() + body.days * 86_400_000);
    if (identity.until && expiresAt > identity.until)
      throw new DomainError('tokenLonger', { until: identity.until.toISOString() }, 'days');
    const token = newSecret();
    const way = { sessionId: identity.session?.id ?? null, tokenId: identity.tokenId };
    const stored = await storeToken(deps, way, {
      id: hashOf(newSecret()).slice(0, 32),
      tokenHash: hashOf(token),
      personId: actor.personId,
      name: body.name,
      scopes: [...new Set(body.scopes)],
      expiresAt,
    });
    return { ...tokenView(stored), token };
  });

  on(routes.revokeToken, async ({ actor, params }) => {
    const { count } = await prisma.apiToken.updateMany({
      where: { id: params.id, personId: actor.personId, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new DomainError('notFound');
    await recordAudit(deps.pool, { act: 'token.revoked', actorId: actor.personId, codes: { tokenId: params.id } });
    return { done: true as const };
  });
}

/** Those that still let their person in: not ended, not expired, not idle for too long. */
const openSessions = ({ config }: ApiDeps) => ({
  revokedAt: null,
  expiresAt: { gt: new Date() },
  lastSeenAt: { gt: new Date(Date.now() - config.sessionIdleMinutes * 60_000) },
});

const tokenView = (token: StoredToken): TokenView => ({
  id: token.id,
  name: token.name,
  scopes: token.scopes as Scope[],
  createdAt: timeOf(token.createdAt),
  lastUsedAt: timeOrNull(token.lastUsedAt),
  expiresAt: timeOf(token.expiresAt),
});
