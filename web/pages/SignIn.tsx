import { useQueryClient } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Entered } from '../../api/contract/entering.ts';
import type { SignInMethods } from '../../api/contract/signIn.ts';
import { useOne } from '../api/list.ts';
import { meKey } from '../api/me.ts';
import { Controls } from '../components/Controls.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { DemoPersons } from '../components/signIn/DemoPersons.tsx';
import { FurtherStep } from '../components/signIn/FurtherStep.tsx';
import { Left } from '../components/signIn/Left.tsx';
import { PasswordForm } from '../components/signIn/PasswordForm.tsx';
import { Providers } from '../components/signIn/Providers.tsx';
import { problemOf } from '../components/signIn/problemOf.ts';
import { lastMethod, rememberMethod } from '../preferences.ts';
import '../styles/signIn.css';
import { useWords } from '../words.ts';

type Method = SignInMethods['items'][number];

/** The ways in: login and password, a provider's, or a person of the demo organisation. */
export default function SignIn() {
  const { t } = useWords();
  const methods = useOne<SignInMethods>(['signIn', 'methods'], '/sign-in/methods');
  return (
    <main className="signin">
      <div className="signin-head">
        <span className="spacer" />
        <Controls />
      </div>
      <header className="signin-brand">
        <img src="/mark.svg" alt="" width={52} height={52} />
        <h1>{t('app.name')}</h1>
        <p className="soft">{t('signIn.about')}</p>
      </header>
      <Loaded query={methods}>{({ items }) => <Ways methods={items} />}</Loaded>
    </main>
  );
}

function Ways({ methods }: { readonly methods: readonly Method[] }) {
  const { t, language } = useWords();
  const [search] = useSearchParams();
  const client = useQueryClient();
  const left = search.get('left');
  const here = methods.filter(({ kind }) => kind !== 'redirect');
  const [chosen, setChosen] = useState(() => here.find(({ method }) => method === lastMethod()) ?? here[0]);
  const [step, setStep] = useState<'code' | 'newPassword' | null>(null);
  const label = (method: Method) => (language === 'en' ? method.labelEn : method.label);

  const entered = async (method: string) => {
    rememberMethod(method);
    // What was read for nobody, or for somebody else, is read again.
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'signIn' });
    await client.refetchQueries({ queryKey: meKey });
  };

  const next = (to: Entered['next']) => {
    if (to !== 'done') return setStep(to);
    return chosen && entered(chosen.method);
  };
  if (step)
    return (
      <div className="signin-ways">
        <FurtherStep key={step} step={step} onNext={next} onBack={() => setStep(null)} />
      </div>
    );

  return (
    <div className={chosen?.kind === 'demo' ? 'signin-ways wide' : 'signin-ways'}>
      <ProblemNotice error={problemOf(search.get('problem'), language)} />
      {left && <Left methods={methods} left={left} ends={search.get('ends') === 'yes'} />}
      {here.length > 1 && (
        <Segmented
          block
          aria-label={t('signIn.way')}
          options={here.map((method) => ({ value: method.method, label: label(method) }))}
          value={chosen?.method ?? ''}
          onChange={(value) => setChosen(here.find(({ method }) => method === value))}
        />
      )}
      {chosen?.kind === 'password' && <PasswordForm key={chosen.method} method={chosen.method} onNext={next} />}
      <Providers methods={methods.filter(({ kind }) => kind === 'redirect')} next={search.get('next')} />
      {chosen?.kind === 'demo' && <DemoPersons onEntered={() => entered(chosen.method)} />}
      {methods.length === 0 && <p className="soft">{t('signIn.none')}</p>}
    </div>
  );
}
