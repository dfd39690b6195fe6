import { Checkbox } from 'antd';
import type { HandoverItemView, ReassignmentMatter } from '../../../api/contract/reassignments.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
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
  const mayTick = ticking && item[ticking.side] === null;
  if (!mayTick)
    return (
      <div className="item">
        <span>{words(item)}</span>
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
      <span>{words(item)}</span>
      {sides}
    </Checkbox>
  );
}

/** An item in words, from its kind and codes. */
function useItemWords(): (item: HandoverItemView) => string {
  const { t, named } = useWords();
  return ({ kind, ref, codes }) => {
    const code = (name: string) => String(codes[name] ?? '');
    switch (kind) {
      case 'introduction':
        return t('handover.introduction');
      case 'archive':
        return t('handover.archive', { part: named('handover.part', ref), count: code('entries') });
      case 'case':
        return t('handover.case', { process: named('process', code('process')), number: code('number') });
      case 'visit':
        return t('handover.visit', { on: code('on') });
      case 'task':
        return t('handover.task', { on: code('on') });
      case 'project':
        return t('handover.project', { stage: named('handover.stage', code('stage')), count: code('count') });
    }
  };
}
