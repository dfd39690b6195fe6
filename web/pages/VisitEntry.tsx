import { useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { AccountView } from '../../api/contract/accounts.ts';
import type { Me } from '../../api/contract/me.ts';
import type { VisitList, VisitView } from '../../api/contract/visits.ts';
import { useOne } from '../api/list.ts';
import type { VisitDraft } from '../api/visitDraft.ts';
import { today } from '../components/AppointmentFields.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { VisitForm } from '../components/visit/VisitForm.tsx';
import '../styles/account.css';
import { useWords } from '../words.ts';

/** 记一次回访, within a minute on a phone: a new one, one that was planned (`?plan=`), or one that is corrected (`?corrects=`). */
export default function VisitEntry({ me }: { readonly me: Me }) {
  const { t } = useWords();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const [plan, corrects, day] = [search.get('plan'), search.get('corrects'), search.get('day')];
  const account = useOne<AccountView>(['account', id], `/accounts/${id}`);
  const visits = useOne<VisitList>(['account', id, 'visits'], `/accounts/${id}/visits`);
  return (
    <div className="visit-entry">
      <Loaded query={account}>
        {({ client }) => (
          <>
            <PageHead title={t(corrects ? 'visit.correct' : 'visit.log')}>
              <Link to={`/accounts/${id}?part=visits`}>{client.name}</Link>
            </PageHead>
            <Loaded query={visits}>
              {({ items }) => (
                <Prepared
                  key={plan ?? corrects ?? ''}
                  accountId={id}
                  me={me}
                  planId={plan}
                  day={day}
                  items={items}
                  before={items.find((visit) => visit.id === corrects) ?? null}
                />
              )}
            </Loaded>
          </>
        )}
      </Loaded>
    </div>
  );
}

type Props = {
  readonly accountId: string;
  readonly me: Me;
  readonly planId: string | null;
  readonly day: string | null;
  readonly items: readonly VisitView[];
  readonly before: VisitView | null;
};

/** What is at hand already: today, the place of the last visit; of one that is corrected what stood there. */
function Prepared({ accountId, me, planId, day, items, before }: Props) {
  const { t } = useWords();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is not overwritten by what is read again
  const initial = useMemo<VisitDraft>(() => {
    const last = items.find(({ contents }) => contents !== null);
    const { contents = null } = before ?? {};
    return {
      visitedOn: before?.visitedOn ?? (day && day <= today() ? day : today()),
      place: contents?.place ?? last?.contents?.place ?? t('visit.place.client'),
      met: contents?.met ?? [],
      others: '',
      ours: contents?.ours.map(({ id }) => id) ?? [me.person.id],
      summary: contents?.summary ?? '',
      nextStep: contents?.nextStep ?? '',
      reason: '',
    };
  }, []);
  return <VisitForm accountId={accountId} personId={me.person.id} planId={planId} before={before} initial={initial} />;
}
