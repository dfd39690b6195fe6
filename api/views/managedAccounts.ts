import type { ApiDeps } from '../deps.ts';

/** How many accounts that are worked with a person manages 专职客户经理 (Article 5); as lead's manager or as a co-holder's. */
export const countManaged = ({ prisma }: Pick<ApiDeps, 'prisma'>, managerId: string): Promise<number> =>
  prisma.account.count({ where: { terminatedOn: null, holdings: { some: { managerId, validTo: null } } } });
