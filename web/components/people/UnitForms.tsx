import { Checkbox, Form, Input, Switch } from 'antd';
import type { DissolutionEffects, UnitDetail } from '../../../api/contract/units.ts';
import { useAct } from '../../api/act.ts';
import { useOne } from '../../api/list.ts';
import { useUnits } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';
import { AppointmentFields } from '../AppointmentFields.tsx';
import { Changes } from '../Changes.tsx';
import { RegionPicker } from '../RegionPicker.tsx';
import { regionText } from '../regionText.ts';
import { TwoStepDialog } from '../TwoStepDialog.tsx';
import { UnitSelect } from './UnitSelect.tsx';

type Props = { readonly unit: UnitDetail; readonly onClose: () => void };
type Appointed = { readonly on: string; readonly document: string };

const changed = [['units'], ['unit'], ['persons'], ['person'], ['seats']] as const;

/** A unit is renamed or put under another. */
export function ChangeUnit({ unit, onClose }: Props) {
  const { t, called } = useWords();
  const units = useUnits().data?.items ?? [];
  const act = useAct(changed);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  const nameOf = (id: string | null) => called(units.find((each) => each.id === id));
  return (
    <TwoStepDialog<Appointed & { readonly name: string; readonly nameEn: string; readonly parentId?: string }>
      title={t('unit.change')}
      confirm={t('do.save')}
      act={act}
      onClose={onClose}
      initialValues={{ name: unit.name, nameEn: unit.nameEn, ...(unit.parentId ? { parentId: unit.parentId } : {}) }}
      request={({ parentId = null, ...body }) => ({
        method: 'PUT',
        path: `/units/${unit.id}`,
        body: { ...body, parentId },
      })}
      review={({ name, nameEn, parentId = null }) => (
        <Changes
          changes={[
            { key: 'name', what: t('word.title'), from: unit.name, to: name },
            { key: 'nameEn', what: t('people.nameEn'), from: unit.nameEn, to: nameEn },
            { key: 'parent', what: t('unit.parent'), from: nameOf(unit.parentId), to: nameOf(parentId) },
          ].filter(({ from, to }) => from !== to)}
        />
      )}
    >
      <Form.Item name="name" label={t('word.title')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('people.nameEn')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      {unit.parentId !== null && (
        <Form.Item name="parentId" label={t('unit.parent')} rules={required}>
          <UnitSelect without={unit.id} />
        </Form.Item>
      )}
      <AppointmentFields />
    </TwoStepDialog>
  );
}

/** A unit is dissolved; what that touches is counted before it is done. */
export function DissolveUnit({ unit, onClose }: Props) {
  const { t, called } = useWords();
  const units = useUnits().data?.items ?? [];
  const act = useAct(changed);
  const effects = useOne<DissolutionEffects>(['unit', unit.id, 'dissolution'], `/units/${unit.id}/dissolution`);
  return (
    <TwoStepDialog<Appointed & { readonly successorId?: string; readonly takesPersons?: boolean }>
      title={t('unit.dissolveOf', { unit: called(unit) })}
      confirm={t('unit.dissolve')}
      danger
      act={act}
      onClose={onClose}
      initialValues={{ takesPersons: true }}
      request={(body) => ({
        method: 'POST',
        path: `/units/${unit.id}/dissolution`,
        body: { ...body, takesPersons: body.successorId !== undefined && body.takesPersons === true },
      })}
      review={({ successorId, takesPersons, on }) => {
        const to = successorId ? called(units.find(({ id }) => id === successorId)) : t('unit.toOffice');
        const count = effects.data;
        return (
          <>
            <p>{t('unit.dissolveReview', { unit: called(unit), on, to })}</p>
            {count && (
              <ul className="quiet-list">
                <li>{t('unit.effectCases', { cases: count.cases, tasks: count.tasks, to })}</li>
                <li>{t('unit.effectRoles', { roles: count.roles, seats: count.seats })}</li>
                <li>
                  {successorId
                    ? t('unit.effectTerritories', { count: count.territories, to })
                    : t('unit.effectTerritoriesEnd', { count: count.territories })}
                </li>
                <li>
                  {successorId && takesPersons
                    ? t('unit.effectPersons', { count: count.persons, to })
                    : t('unit.effectPersonsStay', { count: count.persons })}
                </li>
                {count.accounts > 0 && <li>{t('unit.effectAccounts', { count: count.accounts })}</li>}
              </ul>
            )}
          </>
        );
      }}
    >
      <Form.Item name="successorId" label={t('unit.successor')} extra={t('unit.successorHint')}>
        <UnitSelect without={unit.id} allowClear />
      </Form.Item>
      <Form.Item name="takesPersons" valuePropName="checked">
        <Checkbox>{t('unit.takesPersons')}</Checkbox>
      </Form.Item>
      <AppointmentFields />
    </TwoStepDialog>
  );
}

/** A region is drawn into the unit's territory, or carved out of it. */
export function NewTerritory({ unit, onClose }: Props) {
  const { t, called } = useWords();
  const act = useAct(changed);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  return (
    <TwoStepDialog<Appointed & { readonly regionCode: string; readonly carveOut?: boolean }>
      title={t('unit.addTerritory')}
      confirm={t('do.save')}
      act={act}
      onClose={onClose}
      request={(body) => ({
        method: 'POST',
        path: `/units/${unit.id}/territories`,
        body: { ...body, carveOut: body.carveOut === true },
      })}
      review={({ regionCode, carveOut, on }) => (
        <p>
          {t(carveOut ? 'unit.carveOutReview' : 'unit.territoryReview', {
            unit: called(unit),
            region: regionText(regionCode),
            on,
          })}
        </p>
      )}
    >
      <Form.Item name="regionCode" label={t('unit.region')} rules={required}>
        <RegionPicker />
      </Form.Item>
      <Form.Item name="carveOut" label={t('unit.carveOut')} valuePropName="checked" extra={t('unit.carveOutHint')}>
        <Switch />
      </Form.Item>
      <Form.Item name="on" label={t('word.from')} rules={required}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="document" label={t('people.document')} rules={required} extra={t('org.documentHint')}>
        <Input maxLength={200} />
      </Form.Item>
    </TwoStepDialog>
  );
}

/** A territory ends. */
export function EndTerritory({
  unit,
  territory,
  onClose,
}: Props & { readonly territory: UnitDetail['territories'][number] }) {
  const { t, called } = useWords();
  const act = useAct(changed);
  const region = regionText(territory.regionCode);
  return (
    <TwoStepDialog<Appointed>
      title={t('unit.endTerritoryOf', { region })}
      confirm={t('unit.endTerritory')}
      danger
      act={act}
      onClose={onClose}
      request={(body) => ({ method: 'POST', path: `/territories/${territory.id}/end`, body })}
      review={({ on }) => <p>{t('unit.endTerritoryReview', { unit: called(unit), region, on })}</p>}
    >
      <AppointmentFields />
    </TwoStepDialog>
  );
}
