import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { settingsTable } from '../../platform/config.ts';
import { elfMachine } from '../../scripts/package/checks.ts';
import { validators } from '../../scripts/package/validators.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, 'deploy', file), 'utf8');
const kubernetes = readdirSync(join(root, 'deploy/kubernetes')).map((name) => read(`kubernetes/${name}`));

describe('the files to deploy with', () => {
  test.each(validators)('$name: nothing is wrong, where the tool is at hand', { timeout: 120_000 }, ({ run }) => {
    const { is, said } = run();
    if (is === 'skipped') return console.log('skipped: the tool is not at hand');
    expect(is, said).toBe('right');
  });

  test('start programs that are there', () => {
    const commands = [...kubernetes, read('compose/compose.yaml'), read('Dockerfile')].flatMap((text) =>
      [...text.matchAll(/\b((?:api|worker|scripts)\/\w+\.ts)\b/g)].map(([, file]) => String(file)),
    );
    expect(commands.length).toBeGreaterThan(8);
    for (const file of commands) expect(existsSync(join(root, file)), file).toBe(true);
  });

  test('give only settings that the system knows', () => {
    const known = new Set(settingsTable.flatMap(({ name }) => [name, `${name}_FILE`]));
    const given = [read('systemd/settings.env'), read('kubernetes/settings.yaml')].flatMap((text) =>
      [...text.matchAll(/^\s*#?([A-Z][A-Z_]+)[=:]/gm)].map(([, name]) => String(name)),
    );
    expect(given.length).toBeGreaterThan(10);
    for (const name of given) expect(known, name).toContain(name);
  });

  test('pin every image, and let every container of ours run as nobody on a file system it cannot write', () => {
    const images = [
      ...read('compose/compose.yaml').matchAll(/image: (\S+)/g),
      ...read('Dockerfile').matchAll(/^ARG NODE_IMAGE=(\S+)/gm),
    ];
    for (const [, image] of images) expect(image).toMatch(/:\d[\w.-]+$|@sha256:/);
    expect(read('Dockerfile')).toMatch(/^USER 10001:10001$/m);
    const pods = kubernetes.filter((text) => /\n {6}containers:/.test(text));
    expect(pods).toHaveLength(3);
    for (const pod of pods)
      for (const line of [
        'runAsNonRoot: true',
        'readOnlyRootFilesystem: true',
        'allowPrivilegeEscalation: false',
        'drop: [ALL]',
      ])
        expect(pod).toContain(line);
  });

  test('let Prometheus reach API and worker, everywhere at the same ports, and nobody else', () => {
    const ports = { api: '9464', worker: '9465' };
    for (const file of ['compose/compose.yaml', 'kubernetes/settings.yaml', 'systemd/settings.env'])
      for (const [part, port] of Object.entries(ports))
        expect(read(file)).toMatch(new RegExp(`${part.toUpperCase()}_METRICS_PORT(: |=)"?${port}"?$`, 'm'));
    for (const [part, port] of Object.entries(ports)) {
      expect(read(`kubernetes/${part}.yaml`)).toContain(`{ name: metrics, containerPort: ${port} }`);
      for (const file of ['prometheus.yml', 'prometheus-compose.yml'])
        expect(read(`monitoring/${file}`)).toMatch(
          new RegExp(`job_name: approvals-${part}\n.*targets: \\[[^\\]]*:${port}"`),
        );
      expect(read(`kubernetes/${part}.yaml`)).toMatch(
        new RegExp(
          `name: ${part}-metrics\nspec:\n {2}clusterIP: None\n[^-]*- { name: metrics, port: ${port}, targetPort: metrics }`,
        ),
      );
      expect(read('monitoring/prometheus-kubernetes.yml')).toContain(
        `job_name: approvals-${part}\n    dns_sd_configs: [{ names: [${part}-metrics.key-account-approvals.svc], type: A, port: ${port} }]`,
      );
    }
    expect(read('kubernetes/network.yaml')).toMatch(/name: monitoring\n {6}ports:\n {8}- port: metrics\n/);
    expect(read('compose/compose.yaml')).not.toMatch(/ports:.*94\d\d/);
    expect(read('compose/Caddyfile')).toMatch(/@inside path \/metrics\n\trespond @inside 404/);
  });

  test('know the version of the sources', () => {
    const { version, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(read('compose/compose.yaml')).toContain(`key-account-approvals:${version}`);
    expect(read('kubernetes/kustomization.yaml')).toContain(`newTag: ${version}`);
    expect(read('Dockerfile')).toContain(`node:${dependencies.node}-`);
  });
});

test('a program says which machine it is for', async () => {
  const own = { x64: 0x3e, arm64: 0xb7 }[process.arch as string];
  if (process.platform === 'linux' && own) expect(await elfMachine(process.execPath)).toBe(own);
  expect(await elfMachine(fileURLToPath(import.meta.url))).toBeNull();
});
