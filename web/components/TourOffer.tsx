import { Button } from 'antd';
import { useWords } from '../words.ts';

type Props = { readonly onBegin: () => void; readonly onEnd: () => void };

/** Offers the tour to a newcomer for whom work waits, without lying over it. */
export function TourOffer({ onBegin, onEnd }: Props) {
  const { t } = useWords();
  return (
    <aside className="panel row no-print" aria-label={t('tour.welcome')}>
      <span className="small">{t('tour.offer')}</span>
      <span className="row">
        <Button size="small" onClick={onBegin}>
          {t('tour.begin')}
        </Button>
        <Button size="small" type="text" onClick={onEnd}>
          {t('tour.decline')}
        </Button>
      </span>
    </aside>
  );
}
