import { useMe } from '../api/me.ts';
import { Credentials } from '../components/Credentials.tsx';
import { Delegations } from '../components/Delegations.tsx';
import { Facts } from '../components/Facts.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sessions } from '../components/Sessions.tsx';
import { Tokens } from '../components/Tokens.tsx';
import { useWords } from '../words.ts';

/** What is mine: who I am here, my delegations, my sessions and my access tokens. */
export default function Mine() {
  const { t, named, called } = useWords();
  const me = useMe().data;
  return (
    <>
      <PageHead title={t('nav.mine')} />
      {me && (
        <section className="panel">
          <Facts
            rows={[
              { label: t('word.name'), value: called(me.person) },
              { label: t('word.unit'), value: called(me.unit) },
              {
                label: t('people.roles'),
                value: me.roles.map(({ role }) => named('role', role)).join(t('list.comma')),
              },
              { label: t('vote.seat'), value: me.seats.map(called).join(t('list.comma')) },
            ]}
          />
        </section>
      )}
      <Delegations />
      <Credentials />
      <Sessions />
      <Tokens />
    </>
  );
}
