import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ProposalView } from '../../../api/contract/proposals.ts';
import { useAct } from '../../api/act.ts';
import { afterProposal } from '../../api/administration.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { AskDialog } from '../AskDialog.tsx';
import { Facts } from '../Facts.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

const tones: Readonly<Partial<Record<ProposalView['status'], string>>> = {
  open: 'amber',
  confirmed: 'green',
  refused: 'red',
};
const nowhere = { caseId: '', unitId: '', ballotId: null };

/** One proposal: what is to be done, why, by whom, until when, and what the reader may answer. */
export function ProposalCard({ proposal }: { readonly proposal: ProposalView }) {
  const { t, named, called } = useWords();
  const { message, modal } = App.useApp();
  const [refusing, setRefusing] = useState(false);
  const act = useAct(afterProposal);
  const { id, status, case: about, seat, role } = proposal;
  const kind = seat && !seat.person ? 'vacate' : proposal.kind;
  const title = t(`proposal.${kind}`);
  const subject = seat ? called(seat.seat) : role ? named('role', role.role) : '';
  const person = seat?.person ?? role?.person ?? null;
  const appointment = seat ?? role;
  const send = (body: object, done: () => void = () => {}) =>
    act.mutate(
      { method: 'POST', path: `/proposals/${id}/answer`, body, wait: 2 },
      {
        onSuccess: () => {
          done();
          message.success(t('proposal.answered'));
        },
      },
    );
  const confirm = () =>
    modal.confirm({
      title: t('proposal.confirmTitle', { what: title }),
      content: t(`proposal.${kind}.follows`),
      okText: t('proposal.confirm'),
      cancelText: t('do.cancel'),
      onOk: () => send({ answer: 'confirm' }),
    });
  return (
    <li className="panel stack proposal" aria-label={`${title} ${about?.number ?? subject}`}>
      <div className="row">
        <strong>{title}</strong>
        {about ? <Link to={`/cases/${about.id}`}>{about.number}</Link> : <span>{subject}</span>}
        <span className={`chip ${tones[status] ?? ''}`}>{t(`proposal.status.${status}`)}</span>
      </div>
      <p className="quote break">{proposal.reason}</p>
      <Facts
        rows={[
          proposal.to !== null && { label: t('field.endState'), value: named('rec', proposal.to) },
          person && { label: t(seat ? 'proposal.successor' : 'field.person'), value: called(person) },
          appointment && { label: t('word.from'), value: appointment.validFrom },
          appointment && { label: t('people.document'), value: appointment.document },
          { label: t('proposal.by'), value: `${called(proposal.proposedBy)} · ${momentText(proposal.proposedAt)}` },
          status === 'open' && { label: t('proposal.expires'), value: momentText(proposal.expiresAt) },
          proposal.answeredBy && {
            label: t('proposal.answerOf'),
            value: `${called(proposal.answeredBy)} · ${momentText(proposal.answeredAt)}`,
          },
          proposal.answerReason !== null && { label: t('proposal.refusalReason'), value: proposal.answerReason },
        ]}
      />
      {role?.handedWaysIn && <Alert type="warning" showIcon role="note" title={t('proposal.waysIn')} />}
      {proposal.may.length > 0 && (
        <div className="row">
          {proposal.may.includes('confirm') && (
            <Button type="primary" loading={act.isPending} onClick={confirm}>
              {t('proposal.confirm')}
            </Button>
          )}
          {proposal.may.includes('refuse') && <Button onClick={() => setRefusing(true)}>{t('proposal.refuse')}</Button>}
          {proposal.may.includes('withdraw') && (
            <Button loading={act.isPending} onClick={() => send({ answer: 'withdraw' })}>
              {t('proposal.withdraw')}
            </Button>
          )}
        </div>
      )}
      {!refusing && <ProblemNotice error={act.error} />}
      {refusing && (
        <AskDialog
          title={t('proposal.refuse')}
          fields={[{ name: 'reason', label: 'field.reason', kind: 'text' }]}
          context={nowhere}
          pending={act.isPending}
          error={act.error}
          onClose={() => setRefusing(false)}
          onSubmit={(body) => send({ answer: 'refuse', ...body }, () => setRefusing(false))}
        />
      )}
    </li>
  );
}
