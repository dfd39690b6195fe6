import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** The tables as the migrations leave them, in the order of their names: what a reader, and the drift check, look at. */
export const GOLDEN_SCHEMA = fileURLToPath(new URL('../prisma/schema.sql', import.meta.url));

const IN_PUBLIC = "n.nspname = 'public'";
// What an extension brought along is the extension's, not ours.
const OWN = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;

const SECTIONS = [
  "SELECT 'CREATE EXTENSION ' || quote_ident(extname) AS text FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname",
  `SELECT 'CREATE TYPE ' || quote_ident(t.typname) || ' AS ENUM (' ||
            string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) || ')' AS text
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
    WHERE ${IN_PUBLIC} GROUP BY t.typname ORDER BY t.typname COLLATE "C"`,
  `SELECT 'CREATE TABLE ' || quote_ident(c.relname) || E' (\n' || string_agg(line, E',\n' ORDER BY rank, line) || E'\n)' AS text
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
          LATERAL (
            SELECT 0 AS rank, '  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) ||
                   CASE WHEN a.attidentity <> '' THEN ' GENERATED AS IDENTITY'
                        WHEN a.attgenerated <> '' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(v.adbin, v.adrelid) || ')'
                        WHEN v.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(v.adbin, v.adrelid) ELSE '' END ||
                   CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END AS line
              FROM pg_attribute a LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            UNION ALL
            SELECT 1, '  CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
              FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x')
          ) AS lines
    WHERE ${IN_PUBLIC} AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
    GROUP BY c.relname ORDER BY c.relname COLLATE "C"`,
  `SELECT 'CREATE VIEW ' || quote_ident(c.relname) || E' AS\n' || rtrim(pg_get_viewdef(c.oid), ';') AS text
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${IN_PUBLIC} AND c.relkind IN ('v', 'm') AND ${OWN('pg_class', 'c.oid')} ORDER BY c.relname COLLATE "C"`,
  `SELECT pg_get_indexdef(i.indexrelid) AS text
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_class t ON t.oid = i.indrelid
    WHERE ${IN_PUBLIC} AND t.relname <> '_prisma_migrations'
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    ORDER BY t.relname COLLATE "C", c.relname COLLATE "C"`,
  `SELECT rtrim(pg_get_functiondef(p.oid), E'\n') AS text
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE ${IN_PUBLIC} AND p.prokind IN ('f', 'p') AND ${OWN('pg_proc', 'p.oid')}
    ORDER BY p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C"`,
  `SELECT pg_get_triggerdef(g.oid) AS text
     FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${IN_PUBLIC} AND NOT g.tgisinternal ORDER BY c.relname COLLATE "C", g.tgname COLLATE "C"`,
];

/** Everything the migrations made in a database, as text that is the same for the same schema (PostgreSQL 18's wording). */
export async function dumpSchema(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const parts: string[] = [];
    for (const section of SECTIONS) {
      const { rows } = await client.query<{ text: string }>(section);
      parts.push(...rows.map(({ text }) => `${text};\n`));
    }
    return `-- Generated from the migrations by: npm run dump-schema\n\n${parts.join('\n')}`;
  } finally {
    await client.end();
  }
}

/** The statements in which a database differs from the golden schema (+ only in the database, - only in the file). */
export async function schemaDrift(databaseUrl: string, golden = GOLDEN_SCHEMA): Promise<string[]> {
  const [is, should] = await Promise.all([dumpSchema(databaseUrl), readFile(golden, 'utf8')]);
  const left = should.split(';\n\n');
  const right = is.split(';\n\n');
  const drift = [
    ...right.filter((statement) => !left.includes(statement)).map((statement) => `+ ${statement}`),
    ...left.filter((statement) => !right.includes(statement)).map((statement) => `- ${statement}`),
  ];
  return drift.length === 0 && is !== should ? ['the statements stand in another order'] : drift;
}
