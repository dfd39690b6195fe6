import { Checkbox } from 'antd';
import { Link } from 'react-router';
import type { HandoverItemView, ReassignmentMatter } from '../../../api/contract/reassignments.ts';
import { amountText, dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { regionText } from '../regionText.ts';
import '../../styles/reassignment.css';

type Side = 'given' | 'taken';

type Props = {
  readonly matter: ReassignmentMatter;
  readonly items: readonly HandoverItemView[];
  /** Where the reader ticks: for which side, what he has ticked so far, and who hears of it. */
  readonly ticking?: {
    readonly side: Side;
    readonly ticked: readonly string[];
    readonly onTick: (itemIds: readonly string[]) => void;
  };
};

/** What is handed over, account by account, with who has confirmed it on either side. Each line is a target for a thumb. */
export function HandoverItems({ matter, items, ticking }: Props) {
  const { t } = useWords();
  const accounts = matter.accounts.filter(({ id }) => items.some(({ accountId }) => accountId === id));
  return accounts.map((account) => (
    <fieldset key={account.id} className="handover">
      <legend>{account.client}</legend>
      <ul aria-label={t('reassignment.itemsOf', { client: account.client })}>
        {items
          .filter(({ accountId }) => accountId === account.id)
          .map((item) => (
            <li key={item.id}>
              <Item item={item} ticking={ticking} />
            </li>
          ))}
      </ul>
    </fieldset>
  ));
}

function Item({ item, ticking }: { readonly item: HandoverItemView; readonly ticking: Props['ticking'] }) {
  const { t, called } = useWords();
  const words = useItemWords();
  const said = (side: Side) => {
    const tick = item[side];
    return (
      <span className={tick ? 'chip green' : 'chip'}>
        {tick
          ? t(`reassignment.${side}`, { name: called(tick.by), on: dayText(tick.at) })
          : t(`reassignment.${side}Open`)}
      </span>
    );
  };
  const sides = (
    <span className="row small sides">
      {said('given')}
      {said('taken')}
    </span>
  );
  const page = pageOf(item);
  const text = (
    <span>
      {words(item)} {page && <Link to={page}>{t('handover.open')}</Link>}
    </span>
  );
  const mayTick = ticking && item[ticking.side] === null;
  if (!mayTick)
    return (
      <div className="item">
        {text}
        {sides}
      </div>
    );
  const { ticked, onTick } = ticking;
  const isTicked = ticked.includes(item.id);
  return (
    <Checkbox
      className="item"
      checked={isTicked}
      onChange={() => onTick(isTicked ? ticked.filter((id) => id !== item.id) : [...ticked, item.id])}
    >
      {text}
      {sides}
    </Checkbox>
  );
}

/** Where there is more to see of an item, for who may. */
function pageOf({ kind, ref }: HandoverItemView): string | null {
  if (kind === 'case') return `/cases/${ref}`;
  return (kind === 'project' && ref !== 'past') || kind === 'receivable' ? `/projects/${ref}` : null;
}

/** An item in words, from its kind and codes. */
function useItemWords(): (item: HandoverItemView) => string {
  const { t, named, language } = useWords();
  return ({ kind, ref, codes }) => {
    const code = (name: string) => String(codes[name] ?? '');
    switch (kind) {
      case 'introduction':
        return t(ref === 'leave' ? 'handover.leave' : 'handover.introduction');
      case 'archive':
        return t('handover.archive', { part: named('handover.part', ref), count: code('entries') });
      case 'case':
        return t('handover.case', { process: named('process', code('process')), number: code('number') });
      case 'visit':
        return t('handover.visit', { on: code('on') });
      case 'task':
        return t('handover.task', { on: code('on') });
      case 'project':
        return codes.regionCode
          ? t('handover.projectIn', {
              stage: named('handover.stage', code('state')),
              place: regionText(code('regionCode')),
            })
          : t('handover.project', { stage: named('handover.stage', code('state')), count: code('count') });
      case 'receivable':
        return codes.yuan
          ? t('handover.receivableOf', {
              amount: amountText(code('yuan'), language),
              place: regionText(code('regionCode')),
            })
          : t('handover.receivable', { place: regionText(code('regionCode')) });
      case 'operation':
        return t('handover.operation', { count: code('count') });
      case 'report':
        return t('handover.report', { count: code('count'), on: code('on') });
      case 'record':
        return t('handover.record', { visits: code('visits'), files: code('files') });
      case 'plan':
        return t('handover.plan', { number: code('number'), count: code('measures') });
    }
  };
}
