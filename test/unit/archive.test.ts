import { describe, expect, test } from 'vitest';
import {
  archiveFields,
  archiveParts,
  archiveWith,
  completenessOf,
  prefilled,
  reportable,
} from '../../domain/archive.ts';
import { reportChanges } from '../../domain/reportChanges.ts';
import { reportedArchive } from '../../forms/reviewReport.ts';

const archive = {
  client: {
    name: '示例集团',
    nature: '国有企业',
    size: '大型',
    contact: { address: '武汉', fax: '027-1' },
    members: [],
  },
  keyPersons: [{ post: '总经理', role: 'head' }],
  projects: [{ name: '一期' }],
  credit: { payment: '按期' },
};

/** Every field that the form has, by its path; a list, or a yes, is one. */
function fieldsOf(schema: unknown, path = ''): string[] {
  const { shape, unwrap } = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown };
  const inner =
    shape === undefined && unwrap ? (unwrap.call(schema) as { shape?: Record<string, unknown> }) : { shape };
  if (!inner.shape) return [path];
  return Object.entries(inner.shape).flatMap(([name, each]) => fieldsOf(each, path ? `${path}.${name}` : name));
}

describe('the archive', () => {
  test('has its six parts, which are together what the form asks for', () => {
    expect(archiveParts).toHaveLength(6);
    const named = Object.values(archiveFields).flat();
    expect(new Set(named).size).toBe(named.length);
    expect(fieldsOf(reportedArchive).sort()).toEqual([...named].sort());
  });

  test('is empty at 0, whole at 100 without a fax, and counts each part alike', () => {
    expect(completenessOf({})).toMatchObject({ percent: 0 });
    const whole = archiveParts
      .flatMap((part) => archiveFields[part])
      .filter((path) => path !== 'client.contact.fax')
      .reduce<Record<string, unknown>>((all, path) => put(all, path.split('.')), {});
    expect(completenessOf(whole)).toMatchObject({ percent: 100 });
    const { keyPersons: _, ...without } = whole;
    const { percent, parts } = completenessOf(without);
    expect(percent).toBe(83);
    expect(parts.filter(({ missing }) => missing.length > 0)).toEqual([
      { part: 'keyPersons', percent: 0, missing: ['keyPersons'] },
    ]);
  });

  test('becomes what was reported, also where a field was emptied, and keeps what is not asked for', () => {
    const after = archiveWith(archive, {
      client: { nature: '国有企业', contact: { address: '宜昌' } },
      keyPersons: [],
      projectsConfirmed: true,
      credit: { payment: '拖欠三个月' },
    });
    expect(after).toEqual({
      client: { name: '示例集团', nature: '国有企业', contact: { address: '宜昌' }, members: [] },
      projects: [{ name: '一期' }],
      credit: { payment: '拖欠三个月' },
    });
  });

  test('is there when a report begins, with what only last year’s tells; what is told of one year is told anew', () => {
    const lastYear = {
      credit: { payment: '尚可', bidding: '公开招标' },
      records: { talks: '两次' },
      projectsConfirmed: true,
    };
    expect(prefilled(archive, lastYear)).toEqual({
      ...reportable(archive),
      credit: { payment: '按期', bidding: '公开招标' },
    });
    expect(prefilled(archive, null)).toEqual(reportable(archive));
  });
});

describe('what changed', () => {
  test('is told field by field, against the archive and against last year', () => {
    const report = {
      archive: { ...reportable(archive), credit: { payment: '拖欠', bidding: '公开招标' } },
      performance: 3,
      credit: 4,
    };
    const lastYear = { archive: { ...reportable(archive), credit: { payment: '拖欠' } }, performance: 5, credit: 4 };
    expect(reportChanges(report, archive, lastYear).map(({ path, differsFrom }) => [path, differsFrom])).toEqual([
      ['credit.payment', ['archive']],
      ['credit.bidding', ['archive', 'lastYear']],
      ['rating.performance', ['lastYear']],
    ]);
  });

  test('is nothing where only blanks, or the order of names, are otherwise', () => {
    const report = {
      archive: {
        ...reportable(archive),
        client: { contact: { fax: '027-1', address: ' 武汉 ' }, size: '大型', nature: '国有企业', reputation: '  ' },
        keyPersons: [{ role: 'head', post: '总经理', phone: '' }],
        projectsConfirmed: true,
      },
    };
    expect(reportChanges(report, archive, null)).toEqual([]);
  });
});

function put(all: Record<string, unknown>, [name = '', ...rest]: readonly string[]): Record<string, unknown> {
  const inner = (all[name] ?? {}) as Record<string, unknown>;
  return { ...all, [name]: rest.length === 0 ? '已填' : put(inner, rest) };
}
