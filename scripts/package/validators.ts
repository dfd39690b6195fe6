import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Verdict = { readonly is: 'right' | 'wrong' | 'skipped'; readonly said: string };
type Validator = { readonly name: string; run(): Verdict };

const deploy = fileURLToPath(new URL('../../deploy', import.meta.url));
const SKIPPED: Verdict = { is: 'skipped', said: '' };

function ask(command: string, args: readonly string[], input?: string): Verdict {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: deploy,
    input,
    timeout: 60_000,
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') return SKIPPED;
  return { is: status === 0 ? 'right' : 'wrong', said: `${stdout}${stderr}` };
}

const isThere = (command: string, ...args: string[]): boolean => ask(command, args).is === 'right';
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(deploy, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(deploy, folder, name));

/** Every tool that can judge a part of deploy/; those that are not installed are skipped, by name. */
export const validators: readonly Validator[] = [
  {
    name: 'shell scripts (sh -n)',
    run: () => {
      const scripts = [...filesIn('compose', '.sh'), ...filesIn('package', '.sh'), join(deploy, 'package/approvals')];
      const verdicts = scripts.map((file) =>
        ask(/^#!\/bin\/bash/.test(readFileSync(file, 'utf8')) ? 'bash' : 'sh', ['-n', file]),
      );
      return verdicts.find(({ is }) => is !== 'right') ?? { is: 'right', said: '' };
    },
  },
  {
    name: 'systemd units (systemd-analyze verify)',
    run: () => withUnits((files) => ask('systemd-analyze', ['verify', '--man=no', ...files])),
  },
  {
    name: 'sandbox of the units (systemd-analyze security, at most 2.0)',
    run: () => withUnits((files) => ask('systemd-analyze', ['security', '--offline=true', '--threshold=20', ...files])),
  },
  {
    name: 'Kubernetes manifests, put together (kubectl kustomize)',
    run: () => ask('kubectl', ['kustomize', 'kubernetes']),
  },
  {
    name: "Kubernetes manifests, by Kubernetes' schemas (kubernetes-validate)",
    run: () => {
      const manifests = filesIn('kubernetes', '.yaml').filter((file) => !file.endsWith('kustomization.yaml'));
      return ask('kubernetes-validate', ['--strict', '--quiet', ...manifests]);
    },
  },
  {
    name: 'the proxy (caddy validate)',
    run: () => ask('caddy', ['validate', '--adapter', 'caddyfile', '--config', 'compose/Caddyfile']),
  },
  {
    name: 'alert rules and what Prometheus asks (promtool check config)',
    run: () =>
      ask('promtool', [
        'check',
        'config',
        ...filesIn('monitoring', '.yml').filter((file) => !file.endsWith('alerts.yml')),
      ]),
  },
  {
    name: 'the compose file (docker compose config)',
    run: () =>
      isThere('docker', 'compose', 'version')
        ? ask('docker', ['compose', '-f', 'compose/compose.yaml', 'config', '--quiet'])
        : SKIPPED,
  },
  {
    name: 'the image (docker build --check)',
    run: () => (isThere('docker', 'info') ? ask('docker', ['build', '--check', '-f', 'Dockerfile', '..']) : SKIPPED),
  },
  { name: 'the image (hadolint)', run: () => ask('hadolint', ['Dockerfile']) },
];

/** The units name a program that is not installed here; they are judged with one that is. */
function withUnits(judge: (files: string[]) => Verdict): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'approvals-units-'));
  try {
    const files = filesIn('systemd', '.service').map((file) => {
      const copy = join(folder, file.slice(file.lastIndexOf('/') + 1));
      writeFileSync(copy, readFileSync(file, 'utf8').replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'));
      return copy;
    });
    return judge(files);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
