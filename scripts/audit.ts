// npm run audit: asks the package registry which locked packages have known weaknesses. Exits with 0 where it knows of none that is high or
// critical in what runs, 1 where it does, and 2 where the registry answers no such question, so that nothing is known.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { auditVerdict } from './audit/verdict.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const asked = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const { code, lines } = auditVerdict(asked.stdout ?? '');
for (const line of lines) console.log(line);
process.exitCode = code;
