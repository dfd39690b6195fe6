import { InputNumber, Select, Space, Switch } from 'antd';
import { fenFromYuan, yuanFromFen } from '../../../domain/money.ts';
import { type PolicyKey, rangeOf } from '../../../domain/policy.ts';
import { policyUnit } from '../../../domain/policyShape.ts';
import { useWords } from '../../words.ts';
import { AmountInput } from '../AmountInput.tsx';
import type { PolicyValue } from '../policyName.ts';

type Props = {
  readonly of: PolicyValue;
  readonly id?: string;
  readonly value?: PolicyValue['value'];
  readonly onChange?: (value: PolicyValue['value'] | undefined) => void;
};

/** The control a policy value needs: an amount, days, a fraction, yes or no, one of several. */
export function PolicyValueInput({ of, id, value, onChange = () => {} }: Props) {
  const { t, named } = useWords();
  const named_ = id ? { id } : {};
  if (of.kind === 'amount') {
    const fen = typeof value === 'string' && /^\d+$/.test(value) ? yuanFromFen(BigInt(value)) : undefined;
    return (
      <AmountInput
        {...named_}
        {...(fen ? { value: fen } : {})}
        onChange={(yuan) => {
          const read = fenFromYuan(yuan ?? '');
          onChange(read.ok ? String(read.fen) : undefined);
        }}
      />
    );
  }
  if (of.kind === 'yesNo') return <Switch {...named_} checked={value === true} onChange={onChange} />;
  if (of.kind === 'choice')
    return (
      <Select
        {...named_}
        value={value}
        onChange={onChange}
        options={of.options.map((option) => ({ value: option, label: named(`policy.${of.key}`, option) }))}
      />
    );
  if (of.kind === 'fraction') {
    const [over, under] = Array.isArray(value) ? value : [1, 1];
    return (
      <Space.Compact style={{ width: '100%' }}>
        <InputNumber
          {...named_}
          min={1}
          precision={0}
          value={over}
          style={{ width: '50%' }}
          onChange={(count) => onChange(count ? [count, under] : undefined)}
        />
        <InputNumber
          prefix="/"
          min={1}
          precision={0}
          value={under}
          style={{ width: '50%' }}
          aria-label={t('policy.denominator')}
          onChange={(count) => onChange(count ? [over, count] : undefined)}
        />
      </Space.Compact>
    );
  }
  const [least, most] = rangeOf(of.key as PolicyKey);
  return (
    <InputNumber
      {...named_}
      min={least}
      max={most}
      precision={0}
      value={value as number}
      style={{ width: '100%' }}
      suffix={t(`policy.unit.${policyUnit(of.key)}`)}
      onChange={(count) => onChange(count ?? undefined)}
    />
  );
}
