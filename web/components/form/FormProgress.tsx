import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Drawer, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { type Path, pathOf } from '../../draftForm.ts';
import { useWords } from '../../words.ts';
import { useFieldName } from './fieldName.ts';
import { goTo, sectionOf, sections } from './sections.ts';

type Props = { readonly missing: readonly string[]; readonly onGo: (path: Path) => void };

/** How far the form is, beside it: its parts as links, what each still lacks as buttons that lead there. */
export function FormProgress({ missing, onGo }: Props) {
  const { t } = useWords();
  return (
    <aside className="form-aside" aria-label={t('form.progress')}>
      <Parts missing={missing} onGo={onGo} />
    </aside>
  );
}

/** The same behind a button, where there is no room beside the form. */
export function FormProgressButton({ missing, onGo }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState<Path | null>(null);
  useEffect(() => {
    if (open || wanted === null) return undefined;
    // In the next frame the drawer has let go of the focus.
    const frame = requestAnimationFrame(() => {
      setWanted(null);
      onGo(wanted);
    });
    return () => cancelAnimationFrame(frame);
  }, [open, wanted, onGo]);
  return (
    <>
      <Button size="small" className="form-aside-button" onClick={() => setOpen(true)}>
        {missing.length === 0 ? t('form.complete') : t('form.missing', { count: missing.length })}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="70vh"
        title={t('form.progress')}
        // The focus goes where it was asked to, not back to the button.
        focusable={{ focusTriggerAfterClose: false }}
      >
        <Parts
          missing={missing}
          onGo={(path) => {
            setWanted(path);
            setOpen(false);
          }}
        />
      </Drawer>
    </>
  );
}

function Parts({ missing, onGo }: Props) {
  const { t } = useWords();
  const nameOf = useFieldName();
  const paths = missing.map(pathOf);
  const complete = sections.filter((section) => !paths.some((path) => sectionOf(path) === section)).length;
  return (
    <div className="stack">
      <div className="row">
        <Progress
          type="circle"
          size={44}
          percent={Math.round((complete / sections.length) * 100)}
          format={() => `${complete}/${sections.length}`}
          aria-label={t('form.partsDone', { done: complete, of: sections.length })}
        />
        <strong>{missing.length === 0 ? t('form.complete') : t('form.missing', { count: missing.length })}</strong>
      </div>
      <ol className="form-parts">
        {sections.map((section) => {
          const lacking = paths.filter((path) => sectionOf(path) === section);
          return (
            <li key={section.id}>
              <a
                href={`#section-${section.id}`}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(`recommendation_${section.fields[0]}`);
                  document.getElementById(`section-${section.id}`)?.scrollIntoView({ block: 'start' });
                }}
              >
                {t(section.name)}
              </a>
              {lacking.length === 0 ? (
                <CheckCircleFilled className="done" aria-label={t('form.partComplete')} />
              ) : (
                <span className="chip amber">{lacking.length}</span>
              )}
              {lacking.length > 0 && (
                <ul>
                  {lacking.map((path) => (
                    <li key={path.join('.')}>
                      <Button type="link" size="small" onClick={() => onGo(path)}>
                        {nameOf(path)}
                      </Button>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
