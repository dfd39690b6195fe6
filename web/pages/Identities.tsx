import { Links } from '../components/identities/Links.tsx';
import { RefusedRoles } from '../components/identities/RefusedRoles.tsx';
import { Strangers } from '../components/identities/Strangers.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { useWords } from '../words.ts';

/** Accounts of other systems: who waits to be linked, who is linked, and which roles groups would give and must not. */
export default function Identities() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t('nav.identities')} />
      <p className="soft">{t('identity.about')}</p>
      <Strangers />
      <Links />
      <RefusedRoles />
    </>
  );
}
