import type { Pool } from 'pg';
import { checkPassword, LOCAL } from '../../cases/localAccounts.ts';
import type { PasswordMethod } from './methods.ts';

/** Local accounts: login and password kept here. The subject is the person's own id. */
export const localMethod = (pool: Pool): PasswordMethod => ({
  id: LOCAL,
  kind: 'password',
  label: '本系统账号',
  labelEn: 'Account of this system',
  async check(login, password) {
    const personId = await checkPassword(pool, login, password);
    return personId === null ? null : { method: LOCAL, subject: personId, groups: [] };
  },
});
