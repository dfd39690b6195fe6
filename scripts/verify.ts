// npm run verify: checks everything stored, on the running system, or on servers of its own where nothing runs. Exits with 0 only
// when all agrees; 1 when something does not; 2 when Temporal is away, so that nothing is known of the executions; 3 when there is
// nothing to check. `--against head.json` also asks that a seal kept outside the system is still in it; `--settled` that nothing waits to be done,
// which it gives some minutes; `--export audit.jsonl` checks an export of the audit trail by itself, and nothing else.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkExport } from '../cases/exportedAudit.ts';
import { type ExportedHead, type Verification, verifyStored } from '../cases/verification.ts';
import { type Check, checks } from '../cases/verificationReport.ts';
import { attachmentFolder } from '../platform/attachments.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import { connectDatabase } from '../platform/database.ts';
import { type FoundServers, findServers } from '../platform/foundServers.ts';
import { folderKeyStore } from '../platform/keyStore.ts';
import { temporalClient } from '../platform/temporal.ts';
import { searchAttributes } from '../workflows/contracts/case.ts';

const words: Readonly<Record<Check, readonly [zh: string, en: string]>> = {
  chains: ['审计链', 'audit chains'],
  seals: ['封存链', 'seals'],
  ballots: ['计票', 'tallies'],
  states: ['办理状态', 'states'],
  receipts: ['办理回执', 'receipts'],
  executions: ['流程执行', 'executions'],
  holdings: ['专属对接', 'holdings'],
  projects: ['项目', 'projects'],
  accounts: ['大客户履职', 'lives of accounts'],
  campaigns: ['年度评价', 'annual reviews'],
  editions: ['名单各期', 'editions of the list'],
  attachments: ['附件', 'attachments'],
  secrets: ['加密内容', 'encrypted values'],
};

const { values: given } = parseArgs({
  options: { against: { type: 'string' }, settled: { type: 'boolean' }, export: { type: 'string' } },
});
try {
  process.exitCode = given.export ? await verifyExport(given.export) : await verify(loadConfig(process.env));
} catch (cause) {
  console.error(`✗ 无法核验 · cannot verify: ${cause instanceof Error ? cause.message : cause}`);
  process.exitCode = 3;
}

async function verify(config: Config): Promise<number> {
  const servers = await findServers(config, searchAttributes);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => servers.stop().finally(() => process.exit(3)));
  try {
    // An empty key store is never made here: it would only say that nothing decrypts.
    if (!existsSync(join(config.keyDir, 'master.key')))
      throw new Error(`KEY_DIR: there are no keys in ${config.keyDir}; it should be the folder the system uses.`);
    if (servers.isOwn) console.log('（没有运行中的系统，已临时启动数据服务 · nothing runs: on servers of its own）');
    return print(await verifyOn(config, servers));
  } finally {
    await servers.stop();
  }
}

async function verifyOn(config: Config, { databaseUrl, temporalAddress }: FoundServers): Promise<Verification> {
  const keys = await folderKeyStore(config.keyDir);
  const files = await attachmentFolder(join(config.dataDir, 'files'));
  const client = temporalClient({ ...config, temporalAddress }, keys);
  const database = connectDatabase(databaseUrl, { connections: 4 });
  try {
    return await verifyStored(
      { pool: database.pool, keys, files, client },
      { exported: given.against ? await headIn(given.against) : undefined, settled: given.settled },
    );
  } finally {
    await database.close();
    await client.connection.close();
  }
}

/** A head as the console downloads it. */
async function headIn(file: string): Promise<ExportedHead> {
  const head = JSON.parse(await readFile(file, 'utf8')) as Partial<ExportedHead>;
  if (!Number.isSafeInteger(head.id) || !/^[0-9a-f]{64}$/.test(head.hash ?? ''))
    throw new Error(`${file} should be a head of the audit trail: {"id": …, "hash": …}.`);
  return head as ExportedHead;
}

/** @returns the exit code */
async function verifyExport(file: string): Promise<number> {
  const { entries, problems } = checkExport(await readFile(file, 'utf8'));
  for (const problem of problems) console.log(`✗ ${problem}`);
  console.log(
    `${problems.length === 0 ? '✓' : '✗'} ${file}: ${entries} 条 entries, ${problems.length} 处不符 findings`,
  );
  return problems.length === 0 ? 0 : 1;
}

/** @returns the exit code */
function print({ examined, findings, unsealedEntries, temporal }: Verification): number {
  const isAway = temporal === 'away';
  console.log(line('', '核验 · check', '已核 · examined', '不符 · findings'));
  for (const check of checks) {
    const count = findings.filter((finding) => finding.check === check).length;
    const unknown = isAway && check === 'executions';
    const mark = unknown ? '?' : count === 0 ? '✓' : '✗';
    const [zh, en] = words[check];
    console.log(line(mark, `${zh} ${en}`, unknown ? '—' : String(examined[check]), unknown ? '—' : String(count)));
  }
  for (const { check, at, problem } of findings) console.log(`✗ ${words[check].join(' ')} · ${at}: ${problem}`);
  console.log(`未封存条目 unsealed entries: ${unsealedEntries}`);
  if (isAway) console.log('? 流程引擎无法访问，流程执行未核 · Temporal is away: executions were not compared');
  if (findings.length > 0) return 1;
  if (isAway) return 2;
  console.log('✓ 全部一致 · all agrees');
  return 0;
}

function line(mark: string, name: string, count: string, wrong: string): string {
  return `${pad(mark, 2)}${pad(name, 28)}${pad(count, 18)}${wrong}`;
}

/** Chinese characters are two columns wide. */
function pad(text: string, columns: number): string {
  const width = [...text].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(1, columns - width));
}
