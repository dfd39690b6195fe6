import { Checkbox, Modal } from 'antd';
import { setPreferences, usePreferences } from '../../preferences.ts';
import { useWords } from '../../words.ts';

const keys = [
  [['J', '↓'], 'keys.next'],
  [['K', '↑'], 'keys.previous'],
  [['Enter'], 'keys.open'],
  [['X'], 'keys.choose'],
  [['/'], 'keys.search'],
  [['1', '2', '3'], 'keys.answer'],
  [['Ctrl + Enter'], 'keys.submit'],
  [['Esc'], 'keys.close'],
  [['?'], 'keys.list'],
] as const;

/** Every key of the pages, and the switch that turns them off. */
export default function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const { shortcuts } = usePreferences();
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={onClose}>
      <div className="stack">
        <dl className="keys">
          {keys.map(([pressed, what]) => (
            <div key={what}>
              <dt>
                {pressed.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{t(what)}</dd>
            </div>
          ))}
        </dl>
        <p className="small soft">{t('keys.about')}</p>
        <Checkbox checked={shortcuts} onChange={({ target }) => setPreferences({ shortcuts: target.checked })}>
          {t('keys.on')}
        </Checkbox>
      </div>
    </Modal>
  );
}
