import { useHealth } from '../api/administration.ts';
import { HealthPart, LevelChip } from '../components/admin/HealthPart.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText, secondText } from '../format.ts';
import '../styles/administration.css';
import { useWords } from '../words.ts';

/** How every part of the system stands, read again every few seconds: what is wrong, what follows, what to do. */
export default function Health() {
  const { t } = useWords();
  const health = useHealth();
  return (
    <>
      <PageHead title={t('nav.health')}>
        {health.data && (
          <span className="row" role="status">
            <LevelChip level={health.data.level} />
            <span className="small soft">{t('health.at', { at: secondText(health.data.at) })}</span>
          </span>
        )}
      </PageHead>
      <Loaded query={health}>
        {(value) => (
          <>
            <ul className="health-parts">
              {value.parts
                .toSorted((a, b) => RANK[a.level] - RANK[b.level])
                .map((part) => (
                  <HealthPart key={part.part} part={part} />
                ))}
            </ul>
            <section className="panel" aria-label={t('health.processes')}>
              <h2>{t('health.processes')}</h2>
              <Sheet
                caption={t('health.processes')}
                rows={value.processes}
                rowKey={(row) => `${row.host}/${row.pid}/${row.startedAt}`}
                columns={[
                  { title: t('word.kind'), cell: (row) => t(`health.${row.kind}`) },
                  { title: t('health.host'), cell: (row) => `${row.host} · ${row.pid}` },
                  { title: t('policy.version'), cell: (row) => row.version },
                  { title: t('workflow.started'), cell: (row) => momentText(row.startedAt) },
                  {
                    title: t('health.seen'),
                    cell: (row) => (
                      <span className="row">
                        {secondText(row.seenAt)}
                        {row.silent && <span className="chip amber">{t('health.silent')}</span>}
                      </span>
                    ),
                  },
                ]}
              />
            </section>
            <section className="panel" aria-label={t('health.pollers')}>
              <h2>{t('health.pollers')}</h2>
              {value.pollers === null && <p className="soft">{t('health.pollersUnknown')}</p>}
              {value.pollers?.length === 0 && <p className="soft">{t('health.noPollers')}</p>}
              {value.pollers && value.pollers.length > 0 && (
                <Sheet
                  caption={t('health.pollers')}
                  narrow
                  rows={value.pollers}
                  rowKey={(row) => row.identity}
                  columns={[
                    { title: t('health.identity'), cell: (row) => <code className="small break">{row.identity}</code> },
                    { title: t('health.seen'), cell: (row) => (row.seenAt ? secondText(row.seenAt) : '—') },
                  ]}
                />
              )}
            </section>
          </>
        )}
      </Loaded>
    </>
  );
}

const RANK = { red: 0, amber: 1, green: 2 } as const;
