import type { SignInMethods } from '../../../api/contract/signIn.ts';
import { useOne } from '../../api/list.ts';
import { useWords } from '../../words.ts';

/** What a method is called in the reader's language; one that is configured no more shows its id. */
export function useMethodName(): (method: string) => string {
  const { language } = useWords();
  const methods = useOne<SignInMethods>(['signIn', 'methods'], '/sign-in/methods');
  return (id) => {
    const found = methods.data?.items.find(({ method }) => method === id);
    return (language === 'en' ? found?.labelEn : found?.label) ?? id;
  };
}
