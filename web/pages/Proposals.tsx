import { Button } from 'antd';
import { useState } from 'react';
import { useProposals } from '../api/administration.ts';
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
  const [asking, setAsking] = useState(false);
  const proposals = useProposals();
  return (
    <>
      <PageHead title={t('nav.proposals')}>
        <Button onClick={() => setAsking(true)}>{t('proposal.newSeat')}</Button>
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
      {asking && <SeatProposal onClose={() => setAsking(false)} />}
    </>
  );
}
