import { Alert, Button } from 'antd';
import type { SignInMethods } from '../../../api/contract/signIn.ts';
import { useWords } from '../../words.ts';

type Props = {
  readonly methods: readonly SignInMethods['items'][number][];
  readonly left: string;
  readonly ends: boolean;
};

/** He has signed out here; at the provider that let him in he may still be known, and the next one at this device with him. */
export function Left({ methods, left, ends }: Props) {
  const { t, language } = useWords();
  const provider = methods.find(({ method }) => method === left);
  const name = provider && (language === 'en' ? provider.labelEn : provider.label);
  return (
    <Alert
      type={name ? 'warning' : 'success'}
      showIcon
      role="status"
      title={t('signOut.done')}
      description={
        name && (
          <div className="stack">
            <span>{t(ends ? 'signOut.provider' : 'signOut.providerStays', { name })}</span>
            {ends && <Button href={`/api/v1/sign-in/${left}/end`}>{t('signOut.atProvider', { name })}</Button>}
          </div>
        )
      }
    />
  );
}
