import { CheckCircleFilled } from '@ant-design/icons';
import { Button, Drawer, Progress } from 'antd';
import { useState } from 'react';
import type { Completeness } from '../../../domain/archive.ts';
import { useWords } from '../../words.ts';

type Props = { readonly completeness: Completeness; readonly onGo?: (path: string) => void };

/** How complete the archive is by the report: the whole, and part by part what is missing. */
export function ReportCompleteness({ completeness, onGo }: Props) {
  const { t, named } = useWords();
  return (
    <div className="stack">
      <div className="row">
        <Progress
          type="circle"
          size={52}
          percent={completeness.percent}
          format={(percent) => `${percent}%`}
          aria-label={t('yearly.completeness', { percent: completeness.percent })}
        />
        <strong>{t('yearly.completeness', { percent: completeness.percent })}</strong>
      </div>
      <p className="small soft">{t('yearly.completenessAbout')}</p>
      <ol className="form-parts">
        {completeness.parts.map(({ part, percent, missing }) => (
          <li key={part}>
            <span>{t(`report.part.${part}`)}</span>
            {missing.length === 0 ? (
              <CheckCircleFilled className="done" aria-label={t('yearly.partComplete')} />
            ) : (
              <span className="chip amber figure">{percent}%</span>
            )}
            {missing.length > 0 && (
              <ul aria-label={`${t(`report.part.${part}`)} · ${t('yearly.missing')}`}>
                {missing.map((path) => (
                  <li key={path}>
                    {onGo ? (
                      <Button type="link" size="small" onClick={() => onGo(path)}>
                        {named('f', path)}
                      </Button>
                    ) : (
                      <span className="small soft">{named('f', path)}</span>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The same behind a button, where there is no room beside the form. */
export function CompletenessButton({ completeness, onGo }: Props & { readonly onGo: (path: string) => void }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const label = t('yearly.completeness', { percent: completeness.percent });
  return (
    <>
      <Button size="small" className="form-aside-button" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        placement="bottom"
        size="70vh"
        title={label}
        // The focus goes where it was asked to, not back to the button.
        focusable={{ focusTriggerAfterClose: false }}
      >
        <ReportCompleteness
          completeness={completeness}
          onGo={(path) => {
            setOpen(false);
            // Once the drawer has let go of the focus.
            requestAnimationFrame(() => onGo(path));
          }}
        />
      </Drawer>
    </>
  );
}
