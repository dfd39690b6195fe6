import { Link } from 'react-router';
import type { AuditEntryView } from '../../api/contract/audit.ts';
import type { Me } from '../../api/contract/me.ts';
import { useAttention, useAuditHead, useHealth, useProposals, useRoles } from '../api/administration.ts';
import { call } from '../api/call.ts';
import { type Page, usePages } from '../api/list.ts';
import { rolesOf } from '../api/me.ts';
import { AttentionList } from '../components/admin/AttentionList.tsx';
import { useAuditWords } from '../components/admin/auditWords.ts';
import { LevelChip } from '../components/admin/HealthPart.tsx';
import { ProposalCard } from '../components/admin/ProposalCard.tsx';
import { Loaded } from '../components/Loaded.tsx';
import { PageHead } from '../components/PageHead.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { momentText } from '../format.ts';
import '../styles/administration.css';
import { useWords, type WordKey } from '../words.ts';

/** Where an administrator or the auditor begins: what waits for him, what is wrong, and what he looks after. */
export default function Administration({ me }: { readonly me: Me }) {
  const { t, named } = useWords();
  const roles = rolesOf(me);
  const has = (role: string) => roles.includes(role);
  const acts = has('systemAdmin') || has('securityAdmin');
  return (
    <>
      <PageHead title={t('nav.overview')}>
        <span className="soft">{roles.map((role) => named('role', role)).join(t('list.comma'))}</span>
      </PageHead>
      {acts && <Waiting />}
      <HealthLine />
      {has('systemAdmin') && <Stuck />}
      {has('securityAdmin') && <Outside me={me} />}
      {has('securityAdmin') && <LaterRoles />}
      {has('auditor') && <Denials />}
      {has('auditor') && <Sealed />}
    </>
  );
}

function Head({ title, to }: { readonly title: WordKey; readonly to: string }) {
  const { t } = useWords();
  return (
    <div className="row section-head">
      <h2>{t(title)}</h2>
      <Link to={to}>{t('overview.all')}</Link>
    </div>
  );
}

/** What the other administrator proposed and this one has to answer. */
function Waiting() {
  const { t } = useWords();
  const proposals = useProposals();
  return (
    <section className="stack" aria-label={t('overview.waiting')}>
      <Head title="overview.waiting" to="/proposals" />
      <Loaded query={proposals}>
        {({ items }) => {
          const mine = items.filter(({ may }) => may.includes('confirm'));
          if (mine.length === 0) return <p className="panel soft">{t('overview.nothingWaits')}</p>;
          return (
            <ul className="cards">
              {mine.map((proposal) => (
                <ProposalCard key={proposal.id} proposal={proposal} />
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}

function HealthLine() {
  const { t } = useWords();
  const health = useHealth();
  return (
    <section className="stack" aria-label={t('nav.health')}>
      <Head title="nav.health" to="/health" />
      <Loaded query={health}>
        {({ parts }) => {
          const wrong = parts.filter(({ level }) => level !== 'green');
          return (
            <ul className="panel plain stack">
              {wrong.length === 0 && (
                <li className="row">
                  <LevelChip level="green" /> {t('overview.healthy')}
                </li>
              )}
              {wrong.map(({ part, level, code }) => (
                <li key={part} className="row">
                  <LevelChip level={level} />
                  <strong>{t(`health.${part}`)}</strong>
                  <span>{t(`health.${part}.${code}` as WordKey)}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}

function Stuck() {
  const attention = useAttention();
  return (
    <section className="stack">
      <Head title="attention.title" to="/workflows" />
      <Loaded query={attention}>{(value) => <AttentionList value={value} opens />}</Loaded>
    </section>
  );
}

/** Accounts of other systems that wait to be linked, and roles their groups would give and must not. */
function Outside({ me }: { readonly me: Me }) {
  const { t } = useWords();
  const { strangers, refusedRoles } = me.badges;
  return (
    <section className="stack" aria-label={t('nav.identities')}>
      <Head title="nav.identities" to="/identities" />
      {strangers + refusedRoles === 0 ? (
        <p className="panel soft">{t('overview.noStrangers')}</p>
      ) : (
        <ul className="panel plain stack">
          {strangers > 0 && (
            <li className="row">
              <span className="chip amber">{strangers}</span>
              {t('identity.waiting', { count: strangers })}
            </li>
          )}
          {refusedRoles > 0 && (
            <li className="row">
              <span className="chip amber">{refusedRoles}</span>
              {t('overview.refusedRoles', { count: refusedRoles })}
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

function LaterRoles() {
  const { t, named, called } = useWords();
  const roles = useRoles();
  return (
    <section className="stack" aria-label={t('overview.changes')}>
      <Head title="overview.changes" to="/roles" />
      <Loaded query={roles}>
        {({ items }) => {
          const changing = items.filter(({ state, validTo }) => state === 'later' || (state === 'current' && validTo));
          if (changing.length === 0) return <p className="panel soft">{t('overview.noChanges')}</p>;
          return (
            <ul className="panel plain stack">
              {changing.map((row) => (
                <li key={row.id} className="row">
                  <strong>{called(row.person)}</strong>
                  {named('role', row.role)}
                  <span className="soft">
                    {row.state === 'later'
                      ? t('overview.begins', { on: row.validFrom })
                      : t('overview.ends', { on: row.validTo ?? '' })}
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}

const LATEST = 10;

function Denials() {
  const { t } = useWords();
  const { actorOf, detailOf } = useAuditWords();
  const found = usePages<AuditEntryView>(
    ['audit', 'denials', LATEST],
    async (_cursor, signal) =>
      (await call<Page<AuditEntryView>>('POST', '/audit/search', { body: { denials: true, limit: LATEST }, signal }))
        .value,
  );
  const items = found.data?.pages[0]?.items ?? [];
  return (
    <section className="stack" aria-label={t('audit.denials')}>
      <Head title="audit.denials" to="/audit?part=denials" />
      {items.length === 0 ? (
        <p className="panel soft">{t('audit.noDenials')}</p>
      ) : (
        <div className="panel">
          <Sheet
            caption={t('audit.denials')}
            rows={items}
            rowKey={(row) => `${row.stream}/${row.seq}`}
            columns={[
              { title: t('word.at'), cell: (row) => momentText(row.at) },
              { title: t('audit.actor'), cell: actorOf },
              { title: t('audit.act'), cell: detailOf },
            ]}
          />
        </div>
      )}
    </section>
  );
}

function Sealed() {
  const { t } = useWords();
  const head = useAuditHead();
  return (
    <section className="stack" aria-label={t('audit.heads')}>
      <Head title="audit.heads" to="/audit?part=heads" />
      <p className="panel">
        {head.data ? t('head.last', { id: head.data.id, at: momentText(head.data.at) }) : t('head.none')}
      </p>
    </section>
  );
}
