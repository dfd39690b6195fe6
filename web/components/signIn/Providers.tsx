import { Button } from 'antd';
import type { SignInMethods } from '../../../api/contract/signIn.ts';
import { query } from '../../api/call.ts';
import { rememberMethod } from '../../preferences.ts';
import { useWords } from '../../words.ts';

type Props = { readonly methods: SignInMethods['items']; readonly next: string | null };

/** A button a provider: the browser goes there and comes back signed in. */
export function Providers({ methods, next }: Props) {
  const { t, language } = useWords();
  if (methods.length === 0) return null;
  return (
    <div className="stack">
      {methods.map(({ method, label, labelEn }) => (
        <Button
          key={method}
          block
          size="large"
          href={`/api/v1/sign-in/${method}/begin${query({ next })}`}
          onClick={() => rememberMethod(method)}
        >
          {t('signIn.with', { name: language === 'en' ? labelEn : label })}
        </Button>
      ))}
    </div>
  );
}
