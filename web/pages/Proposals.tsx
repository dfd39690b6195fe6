import { Button } from 'antd';
import { useState } from 'react';
import { administratorRoles } from '../../domain/roles.ts';
import { useProposals } from '../api/administration.ts';
import { rolesOf, useMe } from '../api/me.ts';
import { GrantRole } from '../components/admin/GrantRole.tsx';
import { ProposalCard } from '../components/admin/ProposalCard.tsx';
import { SeatProposal } from '../components/admin/SeatProposal.tsx';
import { Empty } from '../components/Empty.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import '../styles/administration.css';
import { useWords } from '../words.ts';

/** What takes two administrators: what waits for an answer, and what was answered. */
export default function Proposals() {
  const { t } = useWords();
  const [asking, setAsking] = useState<'seat' | 'role' | null>(null);
  const proposals = useProposals();
  const me = useMe().data;
  // The auditor proposes nothing.
  const disposes = me != null && rolesOf(me).some((role) => role === 'systemAdmin' || role === 'securityAdmin');
  return (
    <>
      <PageHead title={t('nav.proposals')}>
        {disposes && <Button onClick={() => setAsking('role')}>{t('proposal.newRole')}</Button>}
        {disposes && <Button onClick={() => setAsking('seat')}>{t('proposal.newSeat')}</Button>}
      </PageHead>
      <p className="soft">{t('proposal.about')}</p>
      <Loaded query={proposals}>
        {({ items }) => {
          const open = items.filter(({ status }) => status === 'open');
          const past = items.filter(({ status }) => status !== 'open');
          return (
            <>
              {open.length === 0 && <Empty text={t('proposal.empty')} />}
              <ul className="cards" aria-label={t('proposal.open')}>
                {open.map((proposal) => (
                  <ProposalCard key={proposal.id} proposal={proposal} />
                ))}
              </ul>
              {past.length > 0 && (
                <details>
                  <summary>{t('proposal.past', { count: past.length })}</summary>
                  <ul className="cards">
                    {past.map((proposal) => (
                      <ProposalCard key={proposal.id} proposal={proposal} />
                    ))}
                  </ul>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
      {asking === 'seat' && <SeatProposal onClose={() => setAsking(null)} />}
      {asking === 'role' && (
        <GrantRole roles={[]} personId={null} choice={administratorRoles} onClose={() => setAsking(null)} />
      )}
    </>
  );
}
