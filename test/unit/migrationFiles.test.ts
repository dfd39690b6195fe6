import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS_FOLDER, readMigrations } from '../../platform/migrations.ts';

/** The last one before the rule, written while there was no release yet to go back to. */
const LAST_BEFORE_RELEASES = '20261128001000_appointment_proposals';
const TAKES_AWAY =
  /\bDROP (TABLE|COLUMN|CONSTRAINT|TYPE)\b|\bRENAME\b|\bSET NOT NULL\b|\bALTER COLUMN \S+ (SET DATA )?TYPE\b/i;
const migrations = await readMigrations();

describe('every migration', () => {
  test.each(migrations.map(({ name }) => name))(
    '%s says what is lost by going back, or why there is no way back',
    async (name) => {
      const down = await readFile(join(MIGRATIONS_FOLDER, name, 'down.sql'), 'utf8').catch(() => '');
      expect(down).toMatch(/^-- (Loses|Irreversible): (?!say what)\S/);
      const statements = down.replaceAll(/^--.*$/gm, '').trim();
      expect(statements === '').toBe(down.startsWith('-- Irreversible: '));
    },
  );

  test('only adds, or says which release was the last to use what it takes away', () => {
    const taking = migrations.filter(
      ({ name, sql }) => name > LAST_BEFORE_RELEASES && TAKES_AWAY.test(sql.replaceAll(/^\s*--.*$/gm, '')),
    );
    for (const { name, sql } of taking) expect(sql, name).toMatch(/^-- Contracts: .*\b\d+\.\d+\.\d+\b/m);
  });
});
