import { Form } from 'antd';
import type { DraftForm } from '../../../api/contract/recommendationForm.ts';
import { type Territory, unitFor } from '../../../domain/region.ts';
import { useMe } from '../../api/me.ts';
import { useUnits } from '../../api/organisation.ts';
import { dayText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';

/** In whose territory 管辖区域 a project lies: there the recommending unit builds it, elsewhere it has the first choice (Article 7.2). */
export function ResponsibleUnit({ index }: { readonly index: number }) {
  const { t, called } = useWords();
  const form = Form.useFormInstance<DraftForm>();
  const region = Form.useWatch(['projects', index, 'regionCode'], form) as string | undefined;
  const units = useUnits().data?.items ?? [];
  const me = useMe().data;
  if (!region || units.length === 0) return null;
  const territories: readonly Territory[] = units.flatMap((unit) =>
    unit.territories.map(({ regionCode, carveOut, validFrom, validTo }) => ({
      unitId: carveOut ? null : unit.id,
      regionCode,
      from: validFrom,
      until: validTo,
    })),
  );
  const { unitIds } = unitFor(region, territories, dayText(new Date().toISOString()));
  const names = units.filter(({ id }) => unitIds.includes(id)).map(called);
  const own = me !== undefined && me !== null && unitIds.includes(me.unit.id);
  return (
    <p className="small row" role="status" style={{ margin: '-14px 0 14px' }}>
      <span className={`chip ${own ? 'green' : 'amber'}`}>
        {names.length === 0 ? t('territory.nobody') : t('territory.of', { units: names.join(t('list.comma')) })}
      </span>
      {!own && <span className="soft">{t('territory.firstChoice')}</span>}
      {!own && <ArticleTag article="7.2" />}
    </p>
  );
}
