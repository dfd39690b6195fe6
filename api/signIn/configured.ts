import type { RoleMapping } from '../../domain/roles.ts';
import type { MethodSettings, SignInSettings } from '../../platform/signInSettings.ts';
import type { SignIn } from '../deps.ts';
import { dingTalkMethod } from './dingTalk.ts';
import { directoryMethod, dnKey } from './directory.ts';
import { feishuMethod } from './feishu.ts';
import type { SignInMethod } from './methods.ts';
import { openIdConnectMethod } from './openIdConnect.ts';
import { weComMethod } from './weCom.ts';

/** The ways to sign in: this system's own first, then those of SIGN_IN_FILE in its order. */
export function configuredSignIn(own: readonly SignInMethod[], { methods, publicUrl }: SignInSettings): SignIn {
  return {
    methods: [...own, ...methods.map(methodOf)],
    publicUrl,
    mappings: Object.fromEntries(methods.map((settings) => [settings.id, mappingsOf(settings)])),
  };
}

function methodOf(settings: MethodSettings): SignInMethod {
  switch (settings.kind) {
    case 'openIdConnect':
      return openIdConnectMethod(settings);
    case 'directory':
      return directoryMethod(settings);
    case 'weCom':
      return weComMethod(settings);
    case 'feishu':
      return feishuMethod(settings);
    case 'dingTalk':
      return dingTalkMethod(settings);
  }
}

const mappingsOf = ({ kind, roles }: MethodSettings): readonly RoleMapping[] =>
  roles.map((mapping) => (kind === 'directory' ? { ...mapping, group: dnKey(mapping.group) } : mapping));
