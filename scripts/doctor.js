// npm run doctor [-- --lang en] [--json]: names each missing or wrong prerequisite, why it matters and what to do. It changes nothing and installs nothing, and so is plain
// JavaScript up to where the packages are known to be there. Exits with 0 when nothing is missing or wrong.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arePackagesInstalled, ROOT } from './installed.js';

const english = process.argv.includes('en') || process.argv.includes('--lang=en');
const wanted = /\d+\.\d+/.exec(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node)[0];
const missing = [];
if (!arePackagesInstalled())
  missing.push(
    english
      ? [
          'the packages are not those of package-lock.json',
          'nothing runs without them',
          'npm start installs them, or: npm ci --include=dev',
        ]
      : ['软件包与 package-lock.json 不符', '缺了它们什么也运行不了', 'npm start 会补装，或运行 npm ci --include=dev'],
  );
else if (!existsSync(join(ROOT, 'prisma/generated/client.ts')) || !existsSync(join(ROOT, 'web/dist/index.html')))
  missing.push(
    english
      ? ['the database client or the console is not built', 'nothing starts without them', 'node scripts/install.js']
      : ['数据库客户端或控制台尚未生成', '缺了它们无法启动', 'node scripts/install.js'],
  );
if (isOlder(process.versions.node, wanted))
  missing.push(
    english
      ? [
          `Node.js ${process.versions.node} is too old`,
          `${wanted} or newer runs TypeScript as it is`,
          'npm start brings one along; use npm run doctor',
        ]
      : [`Node.js ${process.versions.node} 过旧`, `须 ${wanted} 以上`, 'npm start 会自带一个；请用 npm run doctor'],
  );

if (missing.length > 0) {
  if (process.argv.includes('--json'))
    console.log(
      JSON.stringify(
        {
          ok: false,
          findings: missing.map(([what, why, how]) => ({
            level: 'error',
            code: 'install',
            figures: {},
            what,
            why,
            do: how,
          })),
        },
        null,
        2,
      ),
    );
  else
    for (const [what, why, how] of missing)
      console.log(`✗ ${what}\n    ${english ? 'why' : '原因'}: ${why}\n    ${english ? 'do' : '处理'}: ${how}`);
  process.exitCode = 1;
} else {
  const { doctor } = await import('./doctor/print.ts');
  process.exitCode = await doctor(process.argv.slice(2), process.env);
}

function isOlder(version, least) {
  const [major, minor] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = least.split('.').map(Number);
  return major < leastMajor || (major === leastMajor && minor < leastMinor);
}
