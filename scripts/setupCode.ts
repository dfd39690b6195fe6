// npm run setup-code: prints the code with which the first administrators are made at /setup, for a system whose parts are started one by
// one; `npm start` prints it by itself. It replaces an earlier code.
import { issueSetupCode } from '../cases/firstAdministrators.ts';
import { databaseOrExit } from '../platform/database.ts';

const database = databaseOrExit();
try {
  const code = await issueSetupCode(database.pool);
  console.log(
    code === null
      ? '已有管理员，无需设置码 · There is an administrator already.'
      : `在 /setup 输入此设置码，一天内有效，用一次 · Enter this code at /setup within a day, once:\n\n    ${code}\n`,
  );
} finally {
  await database.close();
}
