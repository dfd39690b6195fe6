import type { MembershipSecret } from '../../cases/memberships.ts';
import type { MembershipMatter } from '../contract/memberships.ts';
import type { ApiDeps } from '../deps.ts';
import { saidIn } from './factSecrets.ts';

/** What a change of members is about, for who reads its contents. */
export async function membershipView(deps: ApiDeps, caseId: string): Promise<MembershipMatter | null> {
  const row = await deps.prisma.membership.findUnique({ where: { caseId } });
  if (!row) return null;
  const said = (await saidIn(deps, caseId, ['submit'])).get('submit') as MembershipSecret | undefined;
  return {
    process: 'membership',
    accountId: row.accountId,
    change: row.change as MembershipMatter['change'],
    member: said?.member ? coming(said.member) : await leaving(deps, String(row.entityId)),
    evidence: said?.evidence ?? '',
  };
}

const coming = ({ name, uscc, relation, formerNames, shortName }: NonNullable<MembershipSecret['member']>) => ({
  name,
  code: uscc ?? null,
  relation,
  formerNames,
  shortName: shortName ?? null,
});

async function leaving({ prisma }: ApiDeps, id: string): Promise<MembershipMatter['member']> {
  const entity = await prisma.legalEntity.findUniqueOrThrow({ where: { id }, include: { names: true } });
  const names = (kind: string) => entity.names.filter((each) => each.kind === kind).map((each) => each.name);
  return {
    name: entity.name,
    code: entity.code,
    relation: entity.relation,
    formerNames: names('former'),
    shortName: names('short')[0] ?? null,
  };
}
