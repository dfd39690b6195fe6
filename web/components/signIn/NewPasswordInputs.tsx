import { Form, Input } from 'antd';
import { PASSWORD_LEAST } from '../../../domain/password.ts';
import { useWords } from '../../words.ts';

/** A new password, typed twice. */
export function NewPasswordInputs({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  const { t } = useWords();
  return (
    <>
      <Form.Item
        name="password"
        label={t('password.new')}
        extra={t('password.hint', { least: PASSWORD_LEAST })}
        rules={[{ required: true, message: t('form.required') }]}
      >
        <Input.Password autoFocus={autoFocus} size="large" autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('password.again')}
        dependencies={['password']}
        rules={[
          { required: true, message: t('form.required') },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.differs'))),
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  );
}
