import { Button, Form } from 'antd';
import type { Entered } from '../../../api/contract/entering.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { CodeInput } from './CodeInput.tsx';
import { NewPasswordInputs } from './NewPasswordInputs.tsx';

type Props = {
  readonly step: 'code' | 'newPassword';
  readonly onNext: (next: Entered['next']) => void;
  readonly onBack: () => void;
};

/** What comes after the password: the second factor, or a password of one's own. */
export function FurtherStep({ step, onNext, onBack }: Props) {
  const { t } = useWords();
  const act = useAct<Entered>();
  const [form] = Form.useForm<{ code?: string; password?: string }>();
  const path = step === 'code' ? '/sign-in/code' : '/sign-in/new-password';
  return (
    <Form
      form={form}
      name={step}
      layout="vertical"
      requiredMark={false}
      className="panel signin-form"
      aria-labelledby="step"
      onFinish={({ code, password }) =>
        act.mutate(
          { method: 'POST', path, body: step === 'code' ? { code } : { password } },
          { onSuccess: ({ value }) => onNext(value.next), onError: () => form.resetFields(['code']) },
        )
      }
    >
      <h2 id="step">{t(step === 'code' ? 'signIn.codeTitle' : 'signIn.newPasswordTitle')}</h2>
      <p className="soft">{t(step === 'code' ? 'signIn.codeAbout' : 'signIn.newPasswordAbout')}</p>
      <ProblemNotice error={act.error} />
      {step === 'code' ? <CodeInput /> : <NewPasswordInputs autoFocus />}
      <Button block type="primary" size="large" htmlType="submit" loading={act.isPending}>
        {t('do.continue')}
      </Button>
      <Button block type="text" onClick={onBack}>
        {t('signIn.back')}
      </Button>
    </Form>
  );
}
