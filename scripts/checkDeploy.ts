// npm run check-deploy: judges the files of deploy/ by the validators at hand, and says which are not.
import { validators } from './package/validators.ts';

let failed = 0;
for (const { name, run } of validators) {
  const verdict = await run();
  if (verdict.is === 'wrong') failed += 1;
  console.log(
    { right: `✓ ${name}`, wrong: `✗ ${name}\n${verdict.said}`, skipped: `- ${name}: not at hand` }[verdict.is],
  );
}
process.exit(failed === 0 ? 0 : 1);
