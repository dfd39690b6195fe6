import { type MethodSettingsOf, Secret } from '../../platform/signInSettings.ts';
import { BASE, type DirectoryServer, READER } from './directoryServer.ts';

/** How the tests' directory server is configured as a way to sign in. */
export const directorySettings = (
  directory: DirectoryServer,
  change: Partial<MethodSettingsOf<'directory'>> = {},
): MethodSettingsOf<'directory'> => ({
  id: 'directory',
  kind: 'directory',
  label: '域账号',
  labelEn: 'Domain account',
  roles: [],
  servers: [directory.tlsUrl],
  startTls: false,
  ca: directory.certificate,
  bindDn: READER.dn,
  bindPassword: new Secret(READER.password),
  base: BASE,
  loginAttribute: 'uid',
  filter: '(objectClass=inetOrgPerson)',
  subjectAttribute: 'entryUUID',
  nameAttribute: 'displayName',
  emailAttribute: 'mail',
  personBy: 'employeeNumber',
  groups: { by: 'memberOf' },
  timeoutSeconds: 5,
  ...change,
});

/** How the tests' OpenID provider is, by its issuer. */
export const openIdSettings = (
  issuer: string,
  change: Partial<MethodSettingsOf<'openIdConnect'>> = {},
): MethodSettingsOf<'openIdConnect'> => ({
  id: 'company',
  kind: 'openIdConnect',
  label: '公司账号',
  labelEn: 'Company account',
  roles: [],
  issuer,
  clientId: 'approvals',
  clientSecret: new Secret('openid-secret-of-the-client-9X'),
  clientAuthentication: 'basic',
  scopes: ['openid', 'profile', 'email'],
  groupsClaim: 'groups',
  personBy: 'employee_number',
  clockToleranceSeconds: 30,
  ca: null,
  ...change,
});
