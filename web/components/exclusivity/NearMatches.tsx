import { App, Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { NearMatchView } from '../../../api/contract/exclusivity.ts';
import type { Field } from '../../answers.ts';
import { useAct } from '../../api/act.ts';
import { useListed } from '../../api/list.ts';
import { rolesOf, useMe } from '../../api/me.ts';
import { momentText } from '../../format.ts';
import { useWords } from '../../words.ts';
import { ArticleTag } from '../ArticleTag.tsx';
import { AskDialog } from '../AskDialog.tsx';
import { Empty } from '../Empty.tsx';
import { Facts } from '../Facts.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';

const states = ['open', 'asked', 'judged'] as const;
type Deed = 'same' | 'different' | 'question' | 'word';

const fields: Readonly<Record<Deed, readonly Field[]>> = {
  same: [{ name: 'reason', label: 'field.reason', kind: 'text' }],
  different: [{ name: 'reason', label: 'field.reason', kind: 'text' }],
  question: [{ name: 'question', label: 'field.question', kind: 'text' }],
  word: [{ name: 'word', label: 'exclusivity.word', kind: 'text' }],
};
const pathOf = (deed: Deed): string => (deed === 'same' || deed === 'different' ? 'verdict' : deed);

/** Names that may be one company's: the office judges, or asks the unit for its word. Nothing is merged by it. */
export function NearMatches() {
  const { t, named } = useWords();
  const [search] = useSearchParams();
  const state = states.find((each) => each === search.get('state')) ?? 'open';
  const found = useListed<NearMatchView>(['exclusivity', 'near'], '/near-matches', { state });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="row soft">
        <span>{t('exclusivity.nearAbout')}</span>
        <ArticleTag article="7.3" />
      </p>
      <nav className="tabs" aria-label={t('word.status')}>
        {states.map((each) => (
          <Link key={each} to={`?part=near&state=${each}`} replace aria-current={each === state ? 'page' : undefined}>
            {named('exclusivity.near', each)}
          </Link>
        ))}
      </nav>
      <ProblemNotice error={found.error} onRetry={() => found.refetch()} />
      {found.isSuccess && items.length === 0 && <Empty text={t(`exclusivity.near.none.${state}`)} />}
      {items.map((item) => (
        <Pair key={item.id} pair={item} />
      ))}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
          {t('do.more')}
        </Button>
      )}
    </>
  );
}

function Pair({ pair }: { readonly pair: NearMatchView }) {
  const { t, named, called } = useWords();
  const { message } = App.useApp();
  const me = useMe().data;
  const [doing, setDoing] = useState<Deed | null>(null);
  const act = useAct([['exclusivity']]);
  const office = me ? rolesOf(me).includes('office') : false;
  const ofUnit = me?.unit.id === pair.unit.id;
  const deeds: readonly Deed[] =
    pair.state === 'judged'
      ? []
      : [
          ...(office && pair.person.id !== me?.person.id ? (['same', 'different'] as const) : []),
          ...(office && pair.state === 'open' ? (['question'] as const) : []),
          ...(ofUnit && pair.state === 'asked' ? (['word'] as const) : []),
        ];
  return (
    <section className="panel stack" aria-label={pair.asked}>
      <div className="pair">
        <div>
          <div className="small soft">{t('exclusivity.askedName')}</div>
          <strong>{pair.asked}</strong>
          <div className="small soft">
            {called(pair.unit)} · {called(pair.person)}
          </div>
        </div>
        <span className="chip">{named('near', pair.why)}</span>
        <div>
          <div className="small soft">{t('exclusivity.nearName')}</div>
          {pair.name === '' ? (
            <span className="soft">{t('exclusivity.masked')}</span>
          ) : pair.accountId ? (
            <Link to={`/accounts/${pair.accountId}`}>
              <strong>{pair.name}</strong>
            </Link>
          ) : (
            <strong>{pair.name}</strong>
          )}
          {pair.name !== '' && (
            <div className="small soft">
              {pair.holder ? t('check.heldBy', { holder: called(pair.holder) }) : t('exclusivity.inProgress')}
            </div>
          )}
        </div>
      </div>
      <Facts
        rows={[
          { label: t('exclusivity.question'), value: pair.question, wide: true },
          { label: t('exclusivity.word'), value: pair.word, wide: true },
          {
            label: t('exclusivity.verdict'),
            value:
              pair.verdict &&
              `${named('exclusivity.verdict', pair.verdict)} · ${called(pair.judgedBy)} · ${momentText(pair.judgedAt)}`,
          },
          { label: t('field.reason'), value: pair.reason, wide: true },
          { label: t('word.at'), value: momentText(pair.openedAt) },
          {
            label: t('word.case'),
            value: pair.caseId && office && <Link to={`/cases/${pair.caseId}`}>{t('do.open')}</Link>,
          },
        ]}
      />
      {deeds.length > 0 && (
        <div className="row">
          {deeds.map((deed) => (
            <Button
              key={deed}
              type={deed === 'word' ? 'primary' : 'default'}
              onClick={() => {
                act.reset();
                setDoing(deed);
              }}
            >
              {named('exclusivity.do', deed)}
            </Button>
          ))}
        </div>
      )}
      {doing && (
        <AskDialog
          title={named('exclusivity.do', doing)}
          fields={fields[doing]}
          context={{ caseId: '', unitId: pair.unit.id, ballotId: null }}
          pending={act.isPending}
          error={act.error}
          onClose={() => setDoing(null)}
          onSubmit={(body) =>
            act.mutate(
              {
                method: 'POST',
                path: `/near-matches/${pair.id}/${pathOf(doing)}`,
                body: pathOf(doing) === 'verdict' ? { verdict: doing, ...body } : body,
              },
              {
                onSuccess: () => {
                  setDoing(null);
                  message.success(t('task.verbDone', { verb: named('exclusivity.do', doing) }));
                },
              },
            )
          }
        />
      )}
    </section>
  );
}
