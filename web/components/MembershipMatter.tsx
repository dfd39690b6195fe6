import { Link } from 'react-router';
import type { MembershipMatter as Matter } from '../../api/contract/memberships.ts';
import { useWords } from '../words.ts';
import { ArticleTag } from './ArticleTag.tsx';
import { Facts } from './Facts.tsx';

/** What a change of members is about: which company comes or leaves, and what proves it. */
export default function MembershipMatter({ matter }: { readonly matter: Matter }) {
  const { t, named } = useWords();
  const { member } = matter;
  return (
    <section className="panel stack" aria-label={named('membership.matter', matter.change)}>
      <h2>
        {named('membership.matter', matter.change)} <ArticleTag article="7.3" />
      </h2>
      <Facts
        rows={[
          { label: t('f.client.members.name'), value: <strong>{member.name}</strong> },
          { label: t('f.client.uscc'), value: member.code ?? t('clients.noCode') },
          { label: t('f.client.members.relation'), value: member.relation },
          { label: t('f.client.formerNames'), value: member.formerNames.join(t('list.comma')) },
          { label: t('f.client.shortName'), value: member.shortName },
          {
            label: t('nav.accounts'),
            value: <Link to={`/accounts/${matter.accountId}`}>{t('clients.openAccount')}</Link>,
          },
          { label: t('field.evidence'), value: matter.evidence, wide: true },
        ]}
      />
    </section>
  );
}
