import { Form, Input } from 'antd';
import { useWords } from '../../words.ts';

/** Where the code of an authenticator goes; a recovery code does too, once there are any. */
export function CodeInput({ first = false }: { readonly first?: boolean }) {
  const { t } = useWords();
  const hint = t(first ? 'signIn.codeFirst' : 'signIn.codeHint');
  return (
    <Form.Item name="code" label={t('signIn.code')} extra={hint} rules={[{ required: true, min: 6, message: hint }]}>
      <Input
        autoFocus
        size="large"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
      />
    </Form.Item>
  );
}
