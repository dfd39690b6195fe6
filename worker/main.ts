import { runWorker } from './run.ts';

try {
  await runWorker();
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
}
