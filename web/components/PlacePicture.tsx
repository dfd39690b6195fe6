import type { PlaceView } from '../../api/contract/allocations.ts';
import { useWords } from '../words.ts';
import '../styles/allocation.css';
import { regionText } from './regionText.ts';

/** Whose territory a place is, as a small picture with what follows from it in a sentence (Article 7.2). */
export function PlacePicture({ place, regionCode }: { readonly place: PlaceView; readonly regionCode: string }) {
  const { t, called } = useWords();
  const { kind, covering, lead, choosers } = place;
  const list = (units: readonly { name: string; nameEn: string }[]) => units.map(called).join(t('list.comma'));
  return (
    <div className={`place ${kind}`}>
      <ul className="place-map" aria-hidden="true">
        {covering.length === 0 && <li className="nobody" />}
        {covering.map((unit) => (
          <li key={unit.id} className={unit.id === lead?.id ? 'lead' : 'other'}>
            {called(unit)}
          </li>
        ))}
        <li className="pin">{regionText(regionCode)}</li>
      </ul>
      <p className="small">
        <strong>{t(`allocation.place.${kind}`)}</strong>{' '}
        {t(`allocation.place.${kind}.then`, {
          lead: called(lead),
          covering: list(covering),
          choosers: list(choosers),
        })}
      </p>
    </div>
  );
}
