import { Button, Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import type { CampaignView, ReviewView } from '../../../api/contract/campaigns.ts';
import { type Stage, stages } from '../../../domain/campaign.ts';
import { useListed } from '../../api/list.ts';
import { useWords } from '../../words.ts';
import { Empty } from '../Empty.tsx';
import { Loaded } from '../Loaded.tsx';
import { optionTone } from '../review/optionTone.ts';
import { Sheet } from '../Sheet.tsx';
import type { CampaignDoing } from './CampaignDialog.tsx';

const colours: Readonly<Partial<Record<Stage, string>>> = { overdue: 'amber', evaluated: 'brand' };

/** The accounts of a campaign, by name, those of one unit or stage where that is chosen. */
export function CampaignAccounts({
  campaign: { year, units },
  onDo,
}: {
  readonly campaign: CampaignView;
  readonly onDo: (doing: CampaignDoing) => void;
}) {
  const { t, named, called } = useWords();
  const [search, setSearch] = useSearchParams();
  const asked = { unitId: search.get('unitId') ?? undefined, stage: search.get('stage') ?? undefined };
  const accounts = useListed<ReviewView>(['campaign', year, 'accounts'], `/campaigns/${year}/accounts`, asked);
  const choose = (name: keyof typeof asked) => (value?: string) => {
    const changed = new URLSearchParams(search);
    if (value) changed.set(name, value);
    else changed.delete(name);
    setSearch(changed, { replace: true });
  };
  return (
    <section className="panel stack" aria-label={t('campaign.accounts')}>
      <h2>{t('campaign.accounts')}</h2>
      <search className="row register-filters">
        <Select
          allowClear
          aria-label={t('word.unit')}
          placeholder={t('word.unit')}
          value={asked.unitId}
          options={units.map(({ unit }) => ({ value: unit.id, label: called(unit) }))}
          onChange={choose('unitId')}
        />
        <Select
          allowClear
          aria-label={t('word.status')}
          placeholder={t('word.status')}
          value={asked.stage}
          options={stages.map((stage) => ({ value: stage, label: named('campaign.stage', stage) }))}
          onChange={choose('stage')}
        />
      </search>
      <Loaded query={accounts}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) return <Empty text={t('campaign.noAccounts')} />;
          return (
            <>
              <Sheet
                dense
                caption={t('campaign.accounts')}
                rows={rows}
                rowKey={(row) => row.account.id}
                columns={[
                  {
                    title: t('f.client.name'),
                    cell: (row) => (
                      <>
                        <Link to={`/accounts/${row.account.id}`}>{row.account.name}</Link>
                        {row.addedLate && <span className="chip small">{t('campaign.late')}</span>}
                      </>
                    ),
                  },
                  { title: t('word.grade'), cell: (row) => named('grade', row.account.grade) },
                  { title: t('word.unit'), cell: (row) => called(row.unit) },
                  { title: t('campaign.manager'), cell: (row) => called(row.manager) },
                  { title: t('word.status'), cell: (row) => <StageChip row={row} /> },
                  { title: t('campaign.score'), cell: (row) => row.score ?? '—', number: true },
                  {
                    title: t('word.case'),
                    cell: (row) => (row.case ? <Link to={`/cases/${row.case.id}`}>{row.case.number}</Link> : '—'),
                  },
                  ...(rows.some(({ mayExclude, mayAddAgain }) => mayExclude || mayAddAgain)
                    ? [
                        {
                          title: t('word.do'),
                          cell: (row: ReviewView) => {
                            if (!row.mayExclude && !row.mayAddAgain) return '—';
                            const is = row.mayExclude ? 'exclude' : 'addAgain';
                            return (
                              <Button
                                size="small"
                                aria-label={t(`campaign.${is}One`, { name: row.account.name })}
                                onClick={() => onDo({ is, account: row.account })}
                              >
                                {t(`campaign.${is}`)}
                              </Button>
                            );
                          },
                        },
                      ]
                    : []),
                ]}
              />
              {accounts.hasNextPage && (
                <Button loading={accounts.isFetchingNextPage} onClick={() => void accounts.fetchNextPage()}>
                  {t('do.more')}
                </Button>
              )}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function StageChip({ row: { stage, outcome, dataAtHand, dueOn } }: { readonly row: ReviewView }) {
  const { t, named } = useWords();
  const word =
    stage === 'decided'
      ? outcome
        ? named('option', outcome)
        : t('campaign.undecided')
      : named('campaign.stage', stage);
  return (
    <>
      <span className={`chip ${stage === 'decided' && outcome ? optionTone[outcome] : (colours[stage] ?? '')}`}>
        {word}
      </span>
      {dataAtHand && <div className="small soft">{t('campaign.dataAtHand')}</div>}
      {(stage === 'reporting' || stage === 'overdue') && dueOn && (
        <div className="small soft">{t('campaign.dueBy', { day: dueOn })}</div>
      )}
    </>
  );
}
