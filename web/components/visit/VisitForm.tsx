import { CloudOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { VisitView } from '../../../api/contract/visits.ts';
import { type Act, useAct } from '../../api/act.ts';
import { useOne } from '../../api/list.ts';
import { useVisitDraft, type VisitDraft } from '../../api/visitDraft.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { Chips } from '../Chips.tsx';
import { Choices } from '../Choices.tsx';
import { PersonsSelect } from '../PersonSelect.tsx';
import { ProblemNotice } from '../ProblemNotice.tsx';
import { DayChoice } from './DayChoice.tsx';
import { PhotosChoice, SendPhotos } from './Photos.tsx';

type Props = {
  readonly accountId: string;
  readonly personId: string;
  readonly planId: string | null;
  readonly before: VisitView | null;
  readonly initial: VisitDraft;
};

const places = ['client', 'site', 'ours', 'call'] as const;

/**
 * The form of a visit. The day, the place and oneself are at hand: to be given are whom one met, by one tap, and a few words. What is typed
 * stays on the device until it is saved.
 */
export function VisitForm({ accountId, personId, planId, before, initial }: Props) {
  const { t } = useWords();
  const onward = useOnward();
  const where = [accountId, planId ?? before?.id].filter(Boolean).join(':');
  const { draft, change, recovered, kept, forget } = useVisitDraft(personId, where, initial);
  const [photos, setPhotos] = useState<readonly File[]>([]);
  const [isMissing, setMissing] = useState(false);
  const act = useAct<{ visitId: string }>([['account', accountId], ['myVisits']]);
  const posts = usePosts(accountId, before);
  const done = () => onward(`/accounts/${accountId}?part=visits`);
  const lacks = missingIn(draft, before !== null);

  const save = (event?: FormEvent) => {
    event?.preventDefault();
    setMissing(lacks.length > 0);
    if (lacks.length > 0) return document.getElementById(`visit-${lacks[0]}`)?.focus();
    act.mutate(actOf(draft, { accountId, planId, correctsId: before?.id ?? null }), {
      onSuccess: () => {
        void forget();
        if (photos.length === 0) done();
      },
    });
  };
  useAgainOnline(act.error?.code === 'network', save);

  if (act.data && photos.length > 0)
    return <SendPhotos visitId={act.data.value.visitId} photos={photos} onDone={done} />;

  return (
    <form className="stack" aria-label={t('visit.log')} onSubmit={save} noValidate>
      {recovered && <Alert type="info" showIcon closable role="status" title={t('visit.recovered')} />}
      <section className="panel stack visit-fields">
        <Field label={t('visit.day')}>
          <DayChoice value={draft.visitedOn} onChange={(visitedOn) => change({ visitedOn })} />
        </Field>
        <Field
          label={t('visit.met')}
          required
          wrong={isMissing && lacks.includes('met') ? t('visit.met.missing') : null}
        >
          {posts.length > 0 && (
            <Chips label={t('visit.met')} options={posts} value={draft.met} onChange={(met) => change({ met })} />
          )}
          <Input
            id="visit-met"
            aria-label={t('visit.others')}
            placeholder={t('visit.others')}
            maxLength={400}
            value={draft.others}
            onChange={({ target }) => change({ others: target.value })}
          />
        </Field>
        <Field
          label={t('visit.summary')}
          htmlFor="visit-summary"
          required
          wrong={isMissing && lacks.includes('summary') ? t('form.required') : null}
        >
          <Input.TextArea
            id="visit-summary"
            autoSize={{ minRows: 3, maxRows: 12 }}
            maxLength={4000}
            placeholder={t('visit.summary.hint')}
            value={draft.summary}
            onChange={({ target }) => change({ summary: target.value })}
          />
        </Field>
        <Field label={t('visit.nextStep')} htmlFor="visit-next">
          <Input.TextArea
            id="visit-next"
            autoSize={{ minRows: 1, maxRows: 6 }}
            maxLength={4000}
            value={draft.nextStep}
            onChange={({ target }) => change({ nextStep: target.value })}
          />
        </Field>
        {before === null && (
          <Field label={t('visit.photos')}>
            <PhotosChoice photos={photos} onChange={setPhotos} />
          </Field>
        )}
      </section>
      <section className="panel stack visit-fields">
        <Field label={t('visit.place')}>
          <Choices
            label={t('visit.place')}
            options={places.map((place) => [t(`visit.place.${place}`), t(`visit.place.${place}`)])}
            value={draft.place}
            onChange={(place) => change({ place: String(place) })}
          />
          <Input
            aria-label={t('visit.place.other')}
            placeholder={t('visit.place.other')}
            maxLength={200}
            value={places.some((place) => t(`visit.place.${place}`) === draft.place) ? '' : draft.place}
            onChange={({ target }) => change({ place: target.value })}
          />
        </Field>
        <Field label={t('visit.ours')} htmlFor="visit-ours">
          <PersonsSelect id="visit-ours" value={[...draft.ours]} onChange={(ours) => change({ ours })} />
        </Field>
        {before !== null && (
          <Field
            label={t('visit.correct.reason')}
            htmlFor="visit-reason"
            required
            wrong={isMissing && lacks.includes('reason') ? t('form.required') : null}
          >
            <Input
              id="visit-reason"
              maxLength={400}
              value={draft.reason}
              onChange={({ target }) => change({ reason: target.value })}
            />
          </Field>
        )}
      </section>
      <ProblemNotice error={act.error} />
      <div className="form-foot visit-foot">
        <Button type="primary" size="large" block htmlType="submit" loading={act.isPending}>
          {t('visit.save')}
        </Button>
        <span className="small soft" role="status">
          {act.error?.code === 'network' ? (
            t(kept ? 'saving.keptHere' : 'saving.keptNowhere')
          ) : kept ? (
            <>
              <CloudOutlined /> {t('visit.kept')}
            </>
          ) : (
            t('visit.about')
          )}
        </span>
      </div>
    </form>
  );
}

type FieldProps = {
  readonly label: string;
  readonly htmlFor?: string;
  readonly required?: boolean;
  readonly wrong?: string | null;
  readonly children: React.ReactNode;
};

function Field({ label, htmlFor, required = false, wrong = null, children }: FieldProps) {
  const { t } = useWords();
  const name = (
    <>
      {label}
      {required && <span className="must"> · {t('visit.must')}</span>}
    </>
  );
  return (
    <div className="visit-field">
      {htmlFor ? (
        <label className="name" htmlFor={htmlFor}>
          {name}
        </label>
      ) : (
        <div className="name">{name}</div>
      )}
      {children}
      {wrong && (
        <div className="wrong small" role="alert">
          {wrong}
        </div>
      )}
    </div>
  );
}

/** What must be given and is not, by the end of its input's id. */
function missingIn(draft: VisitDraft, isCorrection: boolean): readonly string[] {
  return [
    ...(draft.met.length === 0 && draft.others.trim() === '' ? ['met'] : []),
    ...(draft.summary.trim() === '' ? ['summary'] : []),
    ...(isCorrection && draft.reason.trim() === '' ? ['reason'] : []),
  ];
}

function actOf(
  draft: VisitDraft,
  to: { readonly accountId: string; readonly planId: string | null; readonly correctsId: string | null },
): Act {
  const { visitedOn, place, met, others, ours, summary, nextStep, reason } = draft;
  const names = others
    .split(/[、，,;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const form = { place: place.trim(), met: [...met, ...names], ours, summary, nextStep };
  const made = { visitedOn, form };
  if (to.correctsId) return { method: 'POST', path: `/visits/${to.correctsId}/correct`, body: { reason, to: made } };
  if (to.planId) return { method: 'POST', path: `/visits/${to.planId}/done`, body: made };
  return { method: 'POST', path: `/accounts/${to.accountId}/visits`, body: made };
}

/** Whom one may meet, from the archive; who is named already in what is corrected stays to be chosen. */
function usePosts(accountId: string, before: VisitView | null) {
  const { named } = useWords();
  const found = useOne<{ items: readonly { post: string; role: string }[] }>(
    ['keyPersons', accountId],
    `/accounts/${accountId}/key-persons`,
  );
  const posts = (found.data?.items ?? []).filter(({ post }) => post !== '');
  const known = new Map(posts.map(({ post, role }) => [post, named('keyPerson', role)]));
  for (const name of before?.contents?.met ?? []) if (!known.has(name)) known.set(name, '');
  return [...known].map(([value, note]) => ({ value, label: value, ...(note ? { note } : {}) }));
}

/** What failed for want of a network is sent when it is back, while the page is open. */
function useAgainOnline(waits: boolean, send: () => void): void {
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    if (!waits) return;
    const again = () => latest.current();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [waits]);
}
