import { Alert } from 'antd';
import { useOne } from '../api/list.ts';
import { useWords } from '../words.ts';
import { Loaded } from './Loaded.tsx';

type Verification = {
  readonly stream: string;
  readonly entries: number;
  readonly intact: boolean;
  readonly firstBroken: number | null;
  readonly head: string | null;
};

/** One hash chain of the audit trail, computed again. */
export function ChainCheck({ stream }: { readonly stream: string }) {
  const { t } = useWords();
  const check = useOne<Verification>(
    ['verification', stream],
    `/audit/streams/${encodeURIComponent(stream)}/verification`,
  );
  return (
    <Loaded query={check}>
      {(value) => (
        <Alert
          style={{ marginBottom: 14 }}
          showIcon
          role="status"
          type={value.intact ? 'success' : 'error'}
          title={
            value.intact
              ? t('audit.intact', { stream, entries: value.entries })
              : t('audit.broken', { stream, seq: value.firstBroken ?? 0 })
          }
          description={value.head && <code className="small break">{value.head}</code>}
        />
      )}
    </Loaded>
  );
}
