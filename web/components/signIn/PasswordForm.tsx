import { Button, Form, Input } from 'antd';
import type { Entered } from '../../../api/contract/entering.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = { readonly method: string; readonly onNext: (next: Entered['next']) => void };

/** Login and password. */
export function PasswordForm({ method, onNext }: Props) {
  const { t } = useWords();
  const act = useAct<Entered>();
  const [form] = Form.useForm<{ login: string; password: string }>();
  const required = [{ required: true, message: t('form.required') }];
  return (
    <Form
      form={form}
      name="signIn"
      layout="vertical"
      requiredMark={false}
      className="panel signin-form"
      onFinish={(values) =>
        act.mutate(
          { method: 'POST', path: '/sign-in/password', body: { method, ...values } },
          {
            onSuccess: ({ value }) => onNext(value.next),
            onError: () => {
              form.resetFields(['password']);
              form.focusField('password');
            },
          },
        )
      }
    >
      <ProblemNotice error={act.error} />
      <Form.Item name="login" label={t('signIn.login')} rules={required}>
        <Input
          autoFocus
          size="large"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
        />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={required}>
        <Input.Password size="large" autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Button block type="primary" size="large" htmlType="submit" loading={act.isPending}>
        {t('signIn.do')}
      </Button>
    </Form>
  );
}
