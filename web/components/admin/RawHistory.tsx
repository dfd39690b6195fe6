import { Button, Input } from 'antd';
import { useState } from 'react';
import type { WorkflowEventView } from '../../../api/contract/workflows.ts';
import { saveFile } from '../../files.ts';
import { secondText } from '../../format.ts';
import { useWords } from '../../words.ts';

type Props = { readonly id: string; readonly events: readonly WorkflowEventView[]; readonly whole: boolean };

/** The history event by event, decoded; it can be filtered and saved. */
export function RawHistory({ id, events, whole }: Props) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = events.filter(
    (event) =>
      wanted === '' || JSON.stringify([event.eventId, event.type, event.details]).toLowerCase().includes(wanted),
  );
  return (
    <section className="panel stack" aria-label={t('workflow.history')}>
      <div className="row">
        <Input
          allowClear
          aria-label={t('workflow.filter')}
          placeholder={t('workflow.filter')}
          style={{ maxWidth: 320 }}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <span className="small soft" role="status">
          {t('workflow.shown', { shown: shown.length, all: events.length })}
        </span>
        <Button
          disabled={!whole || events.length === 0}
          onClick={() =>
            saveFile(
              `${id.replaceAll(/[^\w.-]/g, '-')}.json`,
              'application/json',
              JSON.stringify({ id, events }, null, 2),
            )
          }
        >
          {t('workflow.download')}
        </Button>
      </div>
      <ol className="cards" aria-label={t('workflow.history')}>
        {shown.map((event) => (
          <li key={event.eventId}>
            <details>
              <summary className="row">
                <span className="figure soft">{event.eventId}</span>
                <strong>{event.type}</strong>
                <span className="small soft">{secondText(event.at)}</span>
              </summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
              <pre className="raw" tabIndex={0}>
                {JSON.stringify(event.details, null, 2)}
              </pre>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
