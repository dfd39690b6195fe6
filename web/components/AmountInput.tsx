import { Input } from 'antd';
import { useState } from 'react';
import { fenFromWan, fenFromYuan, wanFromFen, yuanFromFen } from '../../domain/money.ts';
import { amountText } from '../format.ts';
import { useWords } from '../words.ts';

type Props = {
  readonly id?: string;
  readonly label?: string;
  /** Yuan with two decimals, the form of JSON. */
  readonly value?: string | null;
  readonly onChange?: (yuan: string | undefined) => void;
  readonly disabled?: boolean;
};

/** An amount: people type 万元 and read 亿元 beside it. What is not an amount is said at once and counts as not given. */
export function AmountInput({ id, label, value, onChange, disabled }: Props) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const stored = value ? fenFromYuan(value) : null;
  const text = typed ?? (stored?.ok ? wanFromFen(stored.fen) : '');
  const clean = text.normalize('NFKC').replace(/[\s,]/g, '');
  const read = clean === '' ? null : fenFromWan(clean);

  const change = (next: string) => {
    setTyped(next);
    const amount = fenFromWan(next.normalize('NFKC').replace(/[\s,]/g, ''));
    onChange?.(amount.ok ? yuanFromFen(amount.fen) : undefined);
  };

  return (
    <span>
      <Input
        {...(id ? { id } : {})}
        {...(label ? { 'aria-label': label } : {})}
        inputMode="decimal"
        suffix={t('amount.wan')}
        value={text}
        disabled={disabled ?? false}
        status={read && !read.ok ? 'error' : ''}
        onChange={(event) => change(event.target.value)}
        onBlur={() => read?.ok && setTyped(null)}
      />
      <span className="small soft figure" aria-live="polite">
        {read === null ? '' : read.ok ? `= ${amountText(yuanFromFen(read.fen), language)}` : t(`amount.${read.reason}`)}
      </span>
    </span>
  );
}
