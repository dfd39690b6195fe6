// npm run temporal-server: builds Temporal's own server and its schema tool from the Go module, once, in some minutes, so that the test of
// a cluster on PostgreSQL runs. It needs Go and a Go module proxy.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { TEMPORAL_SERVER_VERSION, temporalPrograms, temporalProgramsFolder } from '../platform/temporalPrograms.ts';

const folder = await temporalProgramsFolder();
if (await temporalPrograms()) {
  console.log(`Built already: ${folder}`);
} else {
  mkdirSync(folder, { recursive: true });
  const programs = ['cmd/server', 'cmd/tools/sql'].map(
    (path) => `go.temporal.io/server/${path}@v${TEMPORAL_SERVER_VERSION}`,
  );
  const { status, error } = spawnSync('go', ['install', ...programs], {
    env: { ...process.env, GOBIN: folder },
    stdio: 'inherit',
  });
  if (error) console.error(`Go is not at hand: ${error.message}`);
  process.exitCode = status ?? 1;
}
