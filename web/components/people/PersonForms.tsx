import { Form, Input } from 'antd';
import type { PersonDetail } from '../../../api/contract/persons.ts';
import { useAct } from '../../api/act.ts';
import { useUnits } from '../../api/organisation.ts';
import { useWords } from '../../words.ts';
import { AppointmentFields } from '../AppointmentFields.tsx';
import { Changes } from '../Changes.tsx';
import { Facts } from '../Facts.tsx';
import { TwoStepDialog } from '../TwoStepDialog.tsx';
import { UnitSelect } from './UnitSelect.tsx';

type Appointed = { readonly on: string; readonly document: string };
type Values = Appointed & { readonly name: string; readonly nameEn: string; readonly unitId: string };

const everything = [['persons'], ['person'], ['seats'], ['units'], ['unit']] as const;

function useUnitName() {
  const { called } = useWords();
  const units = useUnits().data?.items ?? [];
  return (id: string) => called(units.find((unit) => unit.id === id));
}

function NameFields() {
  const { t } = useWords();
  const required = [{ required: true, whitespace: true, message: t('form.required') }];
  return (
    <>
      <Form.Item name="name" label={t('word.name')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="nameEn" label={t('people.nameEn')} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="unitId" label={t('word.unit')} rules={required}>
        <UnitSelect />
      </Form.Item>
    </>
  );
}

/** A person is entered; what he may do is granted elsewhere. */
export function NewPerson({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const unitName = useUnitName();
  const act = useAct(everything);
  return (
    <TwoStepDialog<Values & { readonly login: string }>
      title={t('people.new')}
      confirm={t('people.enter')}
      act={act}
      onClose={onClose}
      request={(body) => ({ method: 'POST', path: '/persons', body })}
      review={({ login, name, unitId, on, document }) => (
        <>
          <Facts
            rows={[
              { label: t('word.name'), value: name },
              { label: t('people.login'), value: login },
              { label: t('word.unit'), value: unitName(unitId) },
              { label: t('org.on'), value: on },
              { label: t('people.document'), value: document, wide: true },
            ]}
          />
          <p className="small soft">{t('people.newReview')}</p>
        </>
      )}
    >
      <Form.Item
        name="login"
        label={t('people.login')}
        extra={t('people.loginHint')}
        rules={[{ required: true, pattern: /^[A-Za-z0-9][A-Za-z0-9_.@-]{1,63}$/, message: t('people.loginRule') }]}
      >
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
      <NameFields />
      <AppointmentFields />
    </TwoStepDialog>
  );
}

/** A person is renamed or moves to another unit. */
export function ChangePerson({ person, onClose }: { readonly person: PersonDetail; readonly onClose: () => void }) {
  const { t, called } = useWords();
  const unitName = useUnitName();
  const act = useAct(everything);
  return (
    <TwoStepDialog<Values>
      title={t('people.change')}
      confirm={t('do.save')}
      act={act}
      onClose={onClose}
      initialValues={{ name: person.name, nameEn: person.nameEn, unitId: person.unit.id }}
      request={(body) => ({ method: 'PUT', path: `/persons/${person.id}`, body })}
      review={({ name, nameEn, unitId }) => (
        <>
          <Changes
            changes={[
              { key: 'name', what: t('word.name'), from: person.name, to: name },
              { key: 'nameEn', what: t('people.nameEn'), from: person.nameEn, to: nameEn },
              { key: 'unit', what: t('word.unit'), from: called(person.unit), to: unitName(unitId) },
            ].filter(({ from, to }) => from !== to)}
          />
          {unitId !== person.unit.id && <p className="chip amber">{t('people.moveReview')}</p>}
        </>
      )}
    >
      <NameFields />
      <AppointmentFields />
    </TwoStepDialog>
  );
}

/** A person leaves. */
export function LeavePerson({ person, onClose }: { readonly person: PersonDetail; readonly onClose: () => void }) {
  const { t, called } = useWords();
  const act = useAct(everything);
  return (
    <TwoStepDialog<Appointed>
      title={t('people.leave')}
      confirm={t('people.leave')}
      danger
      act={act}
      onClose={onClose}
      request={(body) => ({ method: 'POST', path: `/persons/${person.id}/leave`, body })}
      review={({ on }) => <p>{t('people.leaveReview', { name: called(person), on })}</p>}
    >
      <AppointmentFields />
    </TwoStepDialog>
  );
}
