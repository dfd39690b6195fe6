import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { UnitRef } from '../../../api/contract/shared.ts';
import { call } from '../../api/call.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { secondText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Values = { readonly receiptNo: string; readonly hash: string };
type Verified = {
  readonly genuine: boolean;
  readonly at: string | null;
  readonly unit: UnitRef | null;
  readonly kind: string | null;
};

/** Whether a receipt in somebody's hand is genuine. */
export function VerifyReceipt() {
  const { t, named, called } = useWords();
  const [found, setFound] = useState<Verified | null>(null);
  const [error, setError] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);
  const verify = async ({ receiptNo, hash }: Values) => {
    setPending(true);
    setFound(null);
    setError(null);
    try {
      const body = { receiptNo: Number(receiptNo), hash: hash.replaceAll(/\s/g, '') };
      setFound((await call<Verified>('POST', '/exclusivity-checks/verification', { body })).value);
    } catch (refused) {
      setError(asProblem(refused));
    }
    setPending(false);
  };
  const required = { required: true, message: t('form.required') };
  return (
    <section className="panel stack" aria-label={t('exclusivity.verify')}>
      <p>{t('exclusivity.verifyAbout')}</p>
      <Form<Values> name="verify" layout="vertical" className="check-form" onFinish={verify}>
        <Form.Item
          name="receiptNo"
          label={t('exclusivity.receiptNo')}
          rules={[required, { pattern: /^\s*\d{1,9}\s*$/, message: t('exclusivity.badNo') }]}
        >
          <Input inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="hash"
          label={t('exclusivity.hash')}
          rules={[required, { pattern: /^(\s*[0-9a-fA-F]){64}\s*$/, message: t('exclusivity.badHash') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} spellCheck={false} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={pending}>
          {t('exclusivity.verifyDo')}
        </Button>
      </Form>
      <ProblemNotice error={error} />
      {found && (
        <Alert
          showIcon
          role="status"
          type={found.genuine ? 'success' : 'error'}
          title={
            found.genuine
              ? t('exclusivity.genuine', {
                  at: secondText(String(found.at)),
                  unit: called(found.unit),
                  kind: named('exclusivity.kind', String(found.kind)),
                })
              : t('exclusivity.notGenuine')
          }
        />
      )}
    </section>
  );
}
