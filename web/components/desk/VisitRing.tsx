import type { DeskAccount } from '../../../api/contract/desk.ts';
import { daysBetween, standingOf } from '../../../domain/desk.ts';
import { useWords } from '../../words.ts';

const RADIUS = 20;
const AROUND = 2 * Math.PI * RADIUS;

/** How much of the time to the next return visit is left, as a ring that runs out, with the days in its middle. */
export function VisitRing({ account, today }: { readonly account: DeskAccount; readonly today: string }) {
  const { t } = useWords();
  const left = daysBetween(today, account.visitDueOn);
  const share = Math.min(1, Math.max(0, left / account.visitDays));
  const standing = standingOf(account.visitDueOn, today);
  const said = left < 0 ? t('desk.visit.overdue', { days: -left }) : t('desk.visit.left', { days: left });
  return (
    <svg className="visit-ring" data-standing={standing} viewBox="0 0 52 52" role="img" aria-label={said}>
      <title>{said}</title>
      <circle cx="26" cy="26" r={RADIUS} className="track" />
      <circle
        cx="26"
        cy="26"
        r={RADIUS}
        className="left"
        strokeDasharray={`${left < 0 ? AROUND : share * AROUND} ${AROUND}`}
        transform="rotate(-90 26 26)"
      />
      <text x="26" y="26" textAnchor="middle" dominantBaseline="central">
        {left < 0 ? `+${-left}` : left}
      </text>
    </svg>
  );
}
