import { Button, Form, Input } from 'antd';
import type { DraftForm } from '../../api/contract/recommendationForm.ts';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { useAct } from '../api/act.ts';
import { useMe } from '../api/me.ts';
import { DuplicateCheck } from '../components/DuplicateCheck.tsx';
import { Item } from '../components/form/Item.tsx';
import { usccRule } from '../components/form/rules.ts';
import { PageHead } from '../components/PageHead.tsx';
import { ProblemNotice } from '../components/ProblemNotice.tsx';
import { sentForm, shownForm } from '../draftForm.ts';
import { useOnward } from '../onward.ts';
import { useWords } from '../words.ts';

/** Begins a recommendation: which client, and whether it is free; everything else is filled in on the draft. */
export default function NewRecommendation() {
  const { t } = useWords();
  const [form] = Form.useForm<DraftForm>();
  const onward = useOnward();
  const me = useMe().data;
  const act = useAct<RecommendationView>([['inbox']]);
  return (
    <>
      <PageHead title={t('nav.recommend')} />
      <section className="panel">
        <p className="soft">{t('form.newAbout')}</p>
        <Form<DraftForm>
          form={form}
          name="begin"
          layout="vertical"
          onFinish={(given) =>
            act.mutate(
              {
                method: 'POST',
                path: '/recommendations',
                body: { form: sentForm(shownForm(given, me?.unit.name ?? '')) },
              },
              { onSuccess: ({ value }) => onward(`/recommendations/${value.caseId}`) },
            )
          }
        >
          <div className="grid">
            <Item
              name={['client', 'name']}
              word="f.client.name"
              rules={[{ required: true, whitespace: true, message: t('form.required') }]}
            >
              <Input maxLength={200} />
            </Item>
            <Item name={['client', 'uscc']} word="f.client.uscc" rules={[usccRule]}>
              <Input maxLength={40} spellCheck={false} />
            </Item>
          </div>
          <DuplicateCheck />
          <ProblemNotice error={act.error} />
          <Button type="primary" htmlType="submit" loading={act.isPending} style={{ marginTop: 8 }}>
            {t('form.begin')}
          </Button>
        </Form>
      </section>
    </>
  );
}
