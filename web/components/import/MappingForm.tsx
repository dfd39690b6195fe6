import { Button, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import type { ImportKindView, ImportView } from '../../../api/contract/imports.ts';
import { useAct } from '../../api/act.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

type Props = {
  readonly value: ImportView;
  readonly kind: ImportKindView;
  readonly table: NonNullable<ImportView['table']>;
};

/** Which column of the file is which: guessed by the headings, and put right by whoever brought it. */
export function MappingForm({ value, kind, table }: Props) {
  const { t, language } = useWords();
  const [mapping, setMapping] = useState(table.mapping);
  const act = useAct([['import'], ['importRows'], ['imports']]);
  const prefix = useId();
  const missing = kind.columns.filter(({ key, required }) => required && table.mapping.columns[key] === undefined);
  const headings = table.headings.map((heading, index) => ({
    value: index,
    label: heading || t('import.column', { number: index + 1 }),
  }));
  const sameHeadings = mapping.sheet === table.mapping.sheet && mapping.headingRow === table.mapping.headingRow;
  const place = (key: string, index: number | undefined) =>
    setMapping(({ columns: { [key]: _, ...columns }, ...rest }) => ({
      ...rest,
      columns: index === undefined ? columns : { ...columns, [key]: index },
    }));
  return (
    <section className="panel" aria-label={t('import.mapping')}>
      <details open={missing.length > 0}>
        <summary>
          <h2>{t('import.mapping')}</h2>
          <span className={missing.length > 0 ? 'chip amber' : 'chip green'}>
            {t('import.mapped', { count: Object.keys(table.mapping.columns).length, all: kind.columns.length })}
          </span>
        </summary>
        <div className="stack">
          <p className="soft">{t('import.mappingAbout')}</p>
          <div className="grid import-mapping">
            {table.sheets.length > 1 && (
              <div>
                <label htmlFor={`${prefix}-sheet`}>{t('import.sheet')}</label>
                <Select
                  id={`${prefix}-sheet`}
                  value={mapping.sheet}
                  options={table.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
                  onChange={(sheet) => setMapping((before) => ({ ...before, sheet }))}
                />
              </div>
            )}
            <div>
              <label htmlFor={`${prefix}-row`}>{t('import.headingRow')}</label>
              <InputNumber
                id={`${prefix}-row`}
                min={1}
                max={1000}
                precision={0}
                value={mapping.headingRow}
                onChange={(headingRow) => setMapping((before) => ({ ...before, headingRow: headingRow ?? 1 }))}
              />
            </div>
            {sameHeadings &&
              kind.columns.map((column) => {
                const name = column.name[language === 'en' ? 'en' : 'zh'];
                return (
                  <div key={column.key}>
                    <label htmlFor={`${prefix}-${column.key}`}>{column.required ? `${name} *` : name}</label>
                    <Select
                      id={`${prefix}-${column.key}`}
                      allowClear
                      showSearch={{ optionFilterProp: 'label' }}
                      placeholder={t('import.notThere')}
                      value={mapping.columns[column.key]}
                      options={headings}
                      onChange={(index?: number) => place(column.key, index)}
                    />
                  </div>
                );
              })}
          </div>
          <div>
            <Button
              loading={act.isPending}
              disabled={mapping === table.mapping}
              onClick={() => act.mutate({ method: 'POST', path: `/imports/${value.id}/mapping`, body: mapping })}
            >
              {t('import.checkAgain')}
            </Button>
          </div>
          <ProblemNotice error={act.error} />
        </div>
      </details>
    </section>
  );
}
