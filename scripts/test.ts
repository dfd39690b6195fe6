// npm test: the gates, then every test. The last line is the sum over all of them: "N passed, N failed". Arguments go to
// Vitest (npm test -- test/unit/config.test.ts) and leave the gates out.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './browser.ts';
import { runGates } from './check.ts';

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const sum = { passed: 0, failed: 0 };

function count(passed: number, failed: number): void {
  sum.passed += passed;
  sum.failed += failed;
}

function runBrowserCheck(): void {
  try {
    ensureBrowser();
  } catch (cause) {
    console.error((cause as Error).message);
    count(0, 1);
  }
}

function runVitest(): void {
  const reportFile = join(root, 'test', '.artifacts', 'vitest.json');
  rmSync(reportFile, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...args,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const report = readReport(reportFile);
  // A file that could not even be loaded has no tests to count, but has failed.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`);
  const failed = report.numFailedTests + broken.length;
  count(report.numPassedTests, failed === 0 && status !== 0 ? 1 : failed);
}

function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  }
}

if (args.length === 0) {
  runBrowserCheck();
  const gates = runGates();
  count(gates.passed, gates.failed);
}
runVitest();
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exit(sum.failed === 0 ? 0 : 1);
