import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReceiptOfCheck } from '../../../api/contract/exclusivity.ts';
import { call } from '../../api/call.ts';
import { type Page, useListed, usePages } from '../../api/list.ts';
import { secondText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { Empty } from '../Empty.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

const tone: Readonly<Record<ReceiptOfCheck['outcome'], string>> = {
  free: 'green',
  taken: 'brand',
  held: 'amber',
  inProgress: 'amber',
  near: '',
};

/** One receipt as a card that opens it. */
export function ReceiptLine({
  receipt,
  whose = false,
}: {
  readonly receipt: ReceiptOfCheck;
  readonly whose?: boolean;
}) {
  const { t, named, called } = useWords();
  return (
    <Link className="card" to={`/exclusivity/${receipt.id}`}>
      <span className="title">{receipt.names[0] ?? receipt.code}</span>
      <span className="aside">
        <span className={`chip ${tone[receipt.outcome]}`}>{named('outcome.check', receipt.outcome)}</span>
      </span>
      <span className="small soft row">
        <span className="figure">{t('exclusivity.no', { no: receipt.receiptNo })}</span>
        <span>{named('exclusivity.kind', receipt.kind)}</span>
        <span className="figure">{secondText(receipt.at)}</span>
        {whose && (
          <span>
            {called(receipt.unit)} · {called(receipt.person)}
          </span>
        )}
      </span>
    </Link>
  );
}

/** What one asked and submitted oneself. */
export function OwnReceipts() {
  return <ReceiptList found={useListed<ReceiptOfCheck>(['exclusivity', 'own'], '/exclusivity-checks')} />;
}

/** Everything that was asked and submitted, by name or code: who was first. */
export function AllReceipts() {
  const { t } = useWords();
  const [text, setText] = useState('');
  const found = usePages<ReceiptOfCheck>(
    ['exclusivity', 'all', text],
    async (cursor, signal) =>
      (
        await call<Page<ReceiptOfCheck>>('POST', '/exclusivity-checks/search', {
          body: { ...(text ? { text } : {}), ...(cursor ? { cursor } : {}) },
          signal,
        })
      ).value,
  );
  return (
    <>
      <search className="panel row register-filters">
        <Input.Search
          allowClear
          aria-label={t('exclusivity.text')}
          placeholder={t('exclusivity.text')}
          onSearch={(given) => setText(given.trim())}
        />
        <span className="small soft">{t('exclusivity.firstAbout')}</span>
      </search>
      <ReceiptList found={found} whose />
    </>
  );
}

function ReceiptList({
  found,
  whose = false,
}: {
  readonly found: ReturnType<typeof usePages<ReceiptOfCheck>>;
  readonly whose?: boolean;
}) {
  const { t } = useWords();
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t('exclusivity.noReceipts')} />}
      <ul className="cards">
        {items.map((receipt) => (
          <li key={receipt.id}>
            <ReceiptLine receipt={receipt} whose={whose} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  );
}
