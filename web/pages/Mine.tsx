import { Select } from 'antd';
import { Link } from 'react-router';
import { useAct } from '../api/act.ts';
import { meKey, useMe } from '../api/me.ts';
import { ArticleTag } from '../components/ArticleTag.tsx';
import { Credentials } from '../components/Credentials.tsx';
import { Facts } from '../components/Facts.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sessions } from '../components/Sessions.tsx';
import { Tokens } from '../components/Tokens.tsx';
import { type Appearance, type Language, setPreferences, usePreferences } from '../preferences.ts';
import { useWords } from '../words.ts';

/** What is mine: who I am here, how the console looks to me, my sessions and my access tokens. */
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
              me.managedAccounts > 0 && {
                label: t('role.accountManager'),
                value: (
                  <>
                    <Link to={`/accounts?managerId=${me.person.id}`}>
                      {t('mine.managedAccounts', { count: me.managedAccounts })}
                    </Link>
                    <p className="small soft">
                      {t('manager.duties')} <ArticleTag article="6" />
                    </p>
                  </>
                ),
                wide: true,
              },
              { label: t('vote.seat'), value: me.seats.map(called).join(t('list.comma')) },
              { label: t('nav.delegations'), value: <Link to="/delegations">{t('mine.toDelegations')}</Link> },
            ]}
          />
        </section>
      )}
      <Credentials />
      <Preferences />
      <Sessions />
      <Tokens />
    </>
  );
}

const languages: readonly { value: Language; label: string }[] = [
  { value: 'zh-CN', label: '中文' },
  { value: 'en', label: 'English' },
];

/** Language and appearance, kept with the person: they are the same on his next device. */
function Preferences() {
  const { t } = useWords();
  const { language, appearance } = usePreferences();
  const act = useAct([meKey]);
  const choose = (chosen: { readonly language?: Language; readonly appearance?: Appearance }) => {
    setPreferences(chosen);
    act.mutate({ method: 'PUT', path: '/me/preferences', body: chosen });
  };
  return (
    <section className="panel stack" aria-labelledby="preferences">
      <h2 id="preferences">{t('mine.preferences')}</h2>
      <div className="row">
        <Select<Language>
          aria-label={t('mine.language')}
          style={{ minWidth: 140 }}
          value={language}
          options={[...languages]}
          onChange={(chosen) => choose({ language: chosen })}
        />
        <Select<Appearance>
          aria-label={t('mine.appearance')}
          style={{ minWidth: 140 }}
          value={appearance}
          options={[
            { value: 'light', label: t('do.light') },
            { value: 'dark', label: t('do.dark') },
          ]}
          onChange={(chosen) => choose({ appearance: chosen })}
        />
        <span className="small soft">{t('mine.preferencesAbout')}</span>
      </div>
    </section>
  );
}
