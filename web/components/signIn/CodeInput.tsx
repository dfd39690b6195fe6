import { Form, Input } from 'antd';
import { useWords } from '../../words.ts';

/** Where the code of an authenticator goes; a recovery code does too. */
export function CodeInput() {
  const { t } = useWords();
  return (
    <Form.Item
      name="code"
      label={t('signIn.code')}
      extra={t('signIn.codeHint')}
      rules={[{ required: true, min: 6, message: t('signIn.codeHint') }]}
    >
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
