import { Link } from 'react-router';
import type { Me } from '../../api/contract/me.ts';
import { rolesOf } from '../api/me.ts';
import { PageHead } from '../components/PageHead.tsx';
import { beginsGroup, placesFor } from '../places.tsx';
import { useWords } from '../words.ts';

/** Everywhere one can go, for the phone, where the bar has no room for all. */
export default function More({ me }: { readonly me: Me }) {
  const { t, called } = useWords();
  return (
    <>
      <PageHead title={t('nav.more')} />
      <p className="soft">
        {called(me.person)} · {called(me.unit)}
      </p>
      <ul className="cards">
        {placesFor(rolesOf(me)).map(({ path, name, icon }) => (
          <li key={path} className={beginsGroup(path) ? 'begins' : undefined}>
            <Link className="card" to={path}>
              <span className="row">
                {icon}
                {t(name)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
