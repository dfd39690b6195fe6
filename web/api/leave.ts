import type { SignedOut } from '../../api/contract/signIn.ts';
import { emptyVault } from '../draftVault.ts';
import { query } from './call.ts';

/**
 * Goes to the sign-in page once the session has ended. The page is loaded anew, so that nothing that was read in the session stays in
 * this window's memory or on its screen; what this device kept of unsaved drafts goes too.
 */
export async function leaveConsole(provider: SignedOut['provider']): Promise<void> {
  await emptyVault().catch(() => null);
  const ends = provider && (provider.ends ? 'yes' : 'no');
  window.location.replace(`/sign-in${query({ left: provider?.method ?? 'here', ends })}`);
}
