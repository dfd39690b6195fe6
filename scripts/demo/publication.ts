import type { EditionList, EditionView } from '../../api/contract/editions.ts';
import { expectSame } from './calls.ts';
import { ballotOf, expectProof, voteAlike } from './committee.ts';
import { accountOf } from './holders.ts';
import type { Scene } from './scene.ts';
import { answers, comesTo } from './waiting.ts';

const CLERK = 'office-clerk-1';
const DIRECTOR = 'director';
const READER = 'south-submitter';

const notice = { readers: '公司领导及各单位负责人', secrecyLevel: '普通商密', secrecyTerm: '3年' };

/** 大客户名单 (Articles 4.6, 8): an edition is compiled, decided part by part, signed and published, and compared with the one before. */
export async function tellPublication(scene: Scene, accountId: string): Promise<void> {
  const { calls, story } = scene;
  story.title('大客户名单：编制、审定、批准、签发、公布', 'The list: compiled, approved, ratified, signed, published');
  const { items, open } = await calls.get<EditionList>(CLERK, '/editions');
  if (open) {
    story.note('另有一期正在编制，以下步骤从略 · another edition is being prepared: the rest is left out');
    return;
  }
  const before = items[0]?.number ?? 0;
  const { caseId } = await calls.post<{ caseId: string }>(CLERK, '/editions', {});
  const compiling = await comesTo(scene, caseId, 'compiling');
  story.step({ zh: '开始编制新一期', en: 'an edition is begun', by: CLERK, article: '8' }, compiling.stateKey);
  const put = await answers(scene, CLERK, caseId, 'compileList', 'put', notice);
  const voting = await comesTo(scene, caseId, 'voting');
  story.step({ zh: '核对名单，提交委员会', en: 'put to the committee', ...put }, voting.stateKey);

  const draft = await calls.get<EditionView>(DIRECTOR, `/editions/${caseId}`);
  for (const part of ['company', 'branch'] as const) {
    if (!draft.items.some((line) => line.part === part)) continue;
    const step = `${part}Part`;
    const last = await voteAlike(scene, caseId, step, 'for');
    const [zh, en] =
      part === 'company'
        ? ['审定公司级名单', 'the company-level part is approved']
        : ['批准分公司级名单', 'the branch-level part is ratified'];
    story.step({ zh, en, ...last });
    await expectProof(scene, caseId, await ballotOf(calls, CLERK, caseId, step));
  }
  const signed = await answers(scene, DIRECTOR, caseId, 'signList', 'sign');
  const { stateKey } = await comesTo(scene, caseId, 'published');
  story.step(
    { zh: `主任签发，公布第${before + 1}期`, en: 'the director signs it, and it is published', ...signed },
    stateKey,
  );

  const published = await calls.get<EditionView>(READER, `/editions/${before + 1}`);
  const lines = published.items.map((line) => line.accountId);
  expectSame(
    '公布的名单 · what was published',
    lines,
    draft.items.map((line) => line.accountId),
  );
  expectSame('比较的上一期 · compared with', published.comparedWith, before === 0 ? null : before);
  const { company, branch } = published.lines;
  const { changes } = published;
  story.check(
    `公司级 ${company} 户，分公司级 ${branch} 户，与审定、批准的名单一致`,
    'what is published is what was decided',
  );
  story.check(`新增 ${changes.new}，变更 ${changes.changed}，退出 ${changes.gone}`, 'compared with the edition before');
  const account = await accountOf(scene, accountId);
  expectSame(
    '大客户所在名单 · its edition',
    account.inEdition?.number ?? null,
    lines.includes(accountId) ? before + 1 : null,
  );
  const files = await Promise.all(
    ['docx', 'xlsx'].map((kind) => calls.download(READER, `/editions/${before + 1}.${kind}`)),
  );
  const sizes = files.map((bytes) => Math.ceil(bytes / 1024));
  story.check(
    `下载通知（.docx，${sizes[0]} KB）和名单（.xlsx，${sizes[1]} KB），均留有记录`,
    'as a notice and as a workbook; on record',
  );
  story.check(`内容摘要 ${published.hash?.slice(0, 16)}…，公布后不可更改`, 'hashed, and never changed');
}
