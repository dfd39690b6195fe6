import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { UnitView } from '../../../api/contract/organisation.ts';
import { useAct } from '../../api/act.ts';
import { rolesOf, useMe } from '../../api/me.ts';
import { useUnits } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';
import { AppointmentFields } from '../AppointmentFields.tsx';
import { ArticleTag } from '../ArticleTag.tsx';
import { Facts } from '../Facts.tsx';
import { Loaded } from '../Loaded.tsx';
import { regionText } from '../regionText.ts';
import { TwoStepDialog } from '../TwoStepDialog.tsx';
import { UnitSelect } from './UnitSelect.tsx';

/** The units as a tree, each with its head and territory; those that were dissolved at a switch. */
export function Units() {
  const { t } = useWords();
  const units = useUnits();
  const me = useMe().data;
  const [withGone, setWithGone] = useState(false);
  const [entering, setEntering] = useState(false);
  return (
    <section className="panel stack" aria-label={t('people.units')}>
      <div className="row">
        <Checkbox checked={withGone} onChange={({ target }) => setWithGone(target.checked)}>
          {t('unit.showGone')}
        </Checkbox>
        {me && rolesOf(me).includes('systemAdmin') && (
          <Button onClick={() => setEntering(true)}>{t('unit.new')}</Button>
        )}
        <ArticleTag article="7.2" />
      </div>
      <Loaded query={units}>
        {({ items }) => (
          <Branch parentId={null} units={items.filter((unit) => withGone || unit.dissolvedOn === null)} />
        )}
      </Loaded>
      {entering && <NewUnit onClose={() => setEntering(false)} />}
    </section>
  );
}

function Branch({ parentId, units }: { readonly parentId: string | null; readonly units: readonly UnitView[] }) {
  const here = units.filter((unit) => unit.parentId === parentId);
  if (here.length === 0) return null;
  return (
    <ul className="tree">
      {here.map((unit) => (
        <li key={unit.id}>
          <Leaf unit={unit} />
          <Branch parentId={unit.id} units={units} />
        </li>
      ))}
    </ul>
  );
}

function Leaf({ unit }: { readonly unit: UnitView }) {
  const { t, named, called } = useWords();
  const held = unit.territories.filter(({ validTo }) => validTo === null);
  const territory = held
    .map((each) => `${each.carveOut ? t('people.without') : ''}${regionText(each.regionCode)}`)
    .join(t('list.comma'));
  return (
    <Link className={`card${unit.dissolvedOn ? ' gone' : ''}`} to={`/units/${unit.id}`}>
      <span className="title">{called(unit)}</span>
      <span className="aside row">
        <span className="chip">{named('unit', unit.kind)}</span>
        {unit.dissolvedOn && <span className="chip red">{t('unit.dissolvedOn', { on: unit.dissolvedOn })}</span>}
      </span>
      <span className="small soft">
        {t('role.unitHead')}: {unit.heads.map(called).join(t('list.comma')) || '—'}
        {unit.kind === 'branch' && ` · ${t('unit.territory')}: ${territory || t('people.noTerritory')}`}
        {unit.successor && ` · ${t('unit.successor')}: ${called(unit.successor)}`}
      </span>
    </Link>
  );
}

type Values = {
  readonly code: string;
  readonly kind: 'branch' | 'department';
  readonly name: string;
  readonly nameEn: string;
  readonly parentId: string;
  readonly on: string;
  readonly document: string;
};

function NewUnit({ onClose }: { readonly onClose: () => void }) {
  const { t, named, called } = useWords();
  const units = useUnits().data?.items ?? [];
  const act = useAct([['units']]);
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  return (
    <TwoStepDialog<Values>
      title={t('unit.new')}
      confirm={t('people.enter')}
      act={act}
      onClose={onClose}
      initialValues={{ kind: 'branch' }}
      request={(body) => ({ method: 'POST', path: '/units', body })}
      review={(values) => (
        <Facts
          rows={[
            { label: t('word.title'), value: values.name },
            { label: t('unit.code'), value: values.code },
            { label: t('word.kind'), value: named('unit', values.kind) },
            { label: t('unit.parent'), value: called(units.find(({ id }) => id === values.parentId)) },
            { label: t('org.on'), value: values.on },
            { label: t('people.document'), value: values.document, wide: true },
          ]}
        />
      )}
    >
      <Form.Item name="kind" label={t('word.kind')} rules={required}>
        <Select
          options={(['branch', 'department'] as const).map((kind) => ({ value: kind, label: named('unit', kind) }))}
        />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('unit.code')}
        rules={[{ required: true, pattern: /^[A-Za-z0-9_-]{1,40}$/, message: t('unit.codeRule') }]}
      >
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="name" label={t('word.title')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('people.nameEn')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="parentId" label={t('unit.parent')} rules={required}>
        <UnitSelect />
      </Form.Item>
      <AppointmentFields />
    </TwoStepDialog>
  );
}
