import { answerAppointment, proposeAppointment } from '../../cases/appointmentProposals.ts';
import { localDay } from '../../domain/calendar.ts';
import type { Company } from './company.ts';

/** A seat is filled under two persons, from today: the way that is open while it is balloting. */
export async function fillSeatByTwo(
  { deps }: Pick<Company, 'deps'>,
  { seatId, personId }: { readonly seatId: string; readonly personId: string },
): Promise<void> {
  const proven = { provenAt: new Date() };
  const proposal = { validFrom: localDay(Date.now()), document: '任命文件', reason: '原任离任' };
  const proposer = { personId: 'system-admin', ...proven };
  const { id } = await proposeAppointment(deps, proposer, { seatId, role: null, personId, ...proposal });
  const confirmer = { personId: 'security-admin', ...proven };
  await answerAppointment(deps, confirmer, { id, answer: 'confirm', reason: null });
}
