import { Checkbox, Form, Input, Modal, Select } from 'antd';
import { useRef, useState } from 'react';
import type { ProjectDetail, ProjectView } from '../../../api/contract/projects.ts';
import type { UnitRef } from '../../../api/contract/shared.ts';
import { type ProjectState, projectStates, stagesOf } from '../../../domain/project.ts';
import { useAct } from '../../api/act.ts';
import { get } from '../../api/call.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import { today } from '../AppointmentFields.tsx';
import { Choices } from '../Choices.tsx';
import { Item } from '../form/Item.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { UnitSelect } from '../people/UnitSelect.tsx';
import { RegionPicker } from '../RegionPicker.tsx';
import { mergedValues, projectBody, projectValues } from './projectValues.ts';

type Given = ProjectView['form'];
type Props = {
  readonly accountId: string;
  readonly entities: ProjectDetail['entities'];
  readonly leadUnit: UnitRef | null;
  /** The project that is changed; a new one is entered without it. */
  readonly project?: ProjectView;
  readonly onClose: () => void;
  readonly onEntered?: (id: string) => void;
};

const blank: Partial<Given> = { state: 'upcoming', countsTowardGrade: true };

/** A project is entered or changed. What somebody else changed meanwhile is taken over where one has not changed it oneself. */
export function ProjectForm({ accountId, entities, leadUnit, project, onClose, onEntered }: Props) {
  const { t, named, called, language } = useWords();
  const [form] = Form.useForm<Partial<Given>>();
  const base = useRef(project);
  const [merged, setMerged] = useState<readonly string[]>([]);
  const act = useAct<{ id: string }>([['account', accountId], ['project']]);
  const state = (Form.useWatch('state', form) ?? project?.form.state ?? 'upcoming') as ProjectState;
  const required = [{ required: true, message: t('form.required') }];

  const takeOver = async () => {
    const before = base.current;
    if (!before) return;
    const { project: now } = await get<ProjectDetail>(`/projects/${before.id}`);
    const { values, taken } = mergedValues(form.getFieldsValue(true), before.form, now.form);
    form.setFieldsValue(values);
    base.current = now;
    setMerged(taken);
  };
  const save = (values: Partial<Given>) => {
    const body = projectBody(values, base.current?.form);
    const before = base.current;
    act.mutate(
      before
        ? { method: 'PUT', path: `/projects/${before.id}`, body, ifMatch: `"${before.version}"` }
        : { method: 'POST', path: `/accounts/${accountId}/projects`, body },
      {
        onSuccess: ({ value }) => {
          onClose();
          onEntered?.(value.id);
        },
        onError: ({ code }) => {
          if (code === 'projectChanged') void takeOver().catch(() => {});
        },
      },
    );
  };
  return (
    <Modal
      open
      title={project ? t('project.change') : t('project.enter')}
      okText={t('do.save')}
      cancelText={t('do.cancel')}
      confirmLoading={act.isPending}
      width="min(760px, 96vw)"
      style={{ top: 24 }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="project"
        layout="vertical"
        scrollToFirstError
        className="project-form"
        initialValues={project ? projectValues(project.form) : blank}
        onFinish={save}
      >
        <Item name="state" word="project.state" wide>
          <Choices label={t('project.state')} options={projectStates.map((each) => [each, named('stage', each)])} />
        </Item>
        <Item name="name" word="f.projects.name" rules={required} wide>
          <Input maxLength={200} />
        </Item>
        <Item name="amountYuan" word="f.projects.amountYuan" rules={required}>
          <AmountInput />
        </Item>
        <Item name="regionCode" word="f.projects.regionCode" rules={required}>
          <RegionPicker />
        </Item>
        <Item name="employerId" word="f.projects.employer">
          <Select
            allowClear
            placeholder={t('project.employerHint')}
            options={entities.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Item>
        <Item name="stage" word="project.progress">
          <Select
            allowClear
            options={stagesOf(state).map((stage) => ({ value: stage, label: named('project.stage', stage) }))}
          />
        </Item>
        {state === 'upcoming' ? (
          <>
            <Form.Item label={t('project.builder')}>
              <p className="small soft builder-hint">
                {base.current?.builder
                  ? called(base.current.builder)
                  : t('project.builderHint', { unit: called(leadUnit) })}
              </p>
            </Form.Item>
            <Item name="expectedTender" word="f.projects.expectedTender">
              <Input type="month" />
            </Item>
            <Item name="plannedOn" word="project.plannedOn">
              <Input type="date" />
            </Item>
            <Item name="countsTowardGrade" word="f.projects.countsTowardGrade" valuePropName="checked">
              <Checkbox>{t('form.counts')}</Checkbox>
            </Item>
          </>
        ) : (
          <>
            <Item name="builderUnitId" word="project.builder">
              <UnitSelect allowClear />
            </Item>
            <Item name="startedOn" word="project.startedOn">
              <Input type="date" max={today()} />
            </Item>
            {state === 'past' && (
              <Item name="finishedOn" word="project.finishedOn">
                <Input type="date" max={today()} />
              </Item>
            )}
          </>
        )}
        <Item name="contractedOn" word="f.projects.contractedOn">
          <Input type="date" max={today()} />
        </Item>
        <Item name="contractForm" word="f.projects.contractForm">
          <Input maxLength={200} />
        </Item>
        <Item name="bidding" word="f.projects.bidding">
          <Input maxLength={200} />
        </Item>
        {(state !== 'upcoming' || project?.form.receivableYuan) && (
          <>
            <Item name="receivableYuan" word="project.receivableYuan">
              <AmountInput />
            </Item>
            <Item name="receivedYuan" word="project.receivedYuan">
              <AmountInput />
            </Item>
          </>
        )}
        <Item name="note" word="project.remark" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
        </Item>
      </Form>
      <ProblemNotice error={act.error} />
      {act.error?.code === 'projectChanged' && base.current !== project && (
        <p className="small" role="status">
          {merged.length === 0
            ? t('project.mergedNothing')
            : t('project.merged', {
                fields: merged.map((field) => named('project.field', field)).join(language === 'en' ? ', ' : '、'),
              })}
        </p>
      )}
    </Modal>
  );
}
