import { CameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ChangeEvent, useEffect, useRef } from 'react';
import { useUploads } from '../../api/upload.ts';
import { useWords } from '../../words.ts';
import { SendingFiles } from '../SendingFiles.tsx';

const MOST = 9;

type ChoiceProps = { readonly photos: readonly File[]; readonly onChange: (photos: readonly File[]) => void };

/** Photos taken or chosen; they are sent, encrypted, once the visit is saved. */
export function PhotosChoice({ photos, onChange }: ChoiceProps) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const add = ({ target }: ChangeEvent<HTMLInputElement>) => {
    onChange([...photos, ...(target.files ?? [])].slice(0, MOST));
    target.value = '';
  };
  return (
    <div className="stack">
      <input
        ref={input}
        className="unseen"
        type="file"
        aria-label={t('visit.photos.add')}
        tabIndex={-1}
        accept="image/jpeg,image/png,image/webp"
        multiple
        onChange={add}
      />
      <Button icon={<CameraOutlined />} onClick={() => input.current?.click()} disabled={photos.length >= MOST}>
        {t('visit.photos.add')}
      </Button>
      {photos.length > 0 && (
        <ul className="cards" aria-label={t('visit.photos')}>
          {photos.map((photo, index) => (
            <li key={`${photo.name}-${photo.lastModified}-${photo.size}`} className="row">
              <span className="break small">{photo.name}</span>
              <Button
                size="small"
                type="text"
                aria-label={t('file.removeOf', { name: photo.name })}
                onClick={() => onChange(photos.filter((_, at) => at !== index))}
              >
                {t('do.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

type SendProps = { readonly visitId: string; readonly photos: readonly File[]; readonly onDone: () => void };

/** The visit is saved; its photos are on their way, and what does not arrive can be sent again or left out. */
export function SendPhotos({ visitId, photos, onDone }: SendProps) {
  const { t } = useWords();
  const { sending, add, retry, dismiss } = useUploads({ visitId });
  const begun = useRef(false);
  const wereSending = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    for (const photo of photos) add(photo, 'photo');
  }, [photos, add]);
  useEffect(() => {
    if (sending.length > 0) wereSending.current = true;
    else if (wereSending.current) onDone();
  }, [sending, onDone]);
  return (
    <section className="panel stack" aria-label={t('visit.photos')}>
      <p role="status">{t('visit.saved')}</p>
      <SendingFiles sending={sending} onRetry={retry} onDismiss={dismiss} />
      <Button onClick={onDone}>{t('visit.photos.leave')}</Button>
    </section>
  );
}
