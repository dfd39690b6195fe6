import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { CLERK, held, OTHER_CLERK } from './accounts.ts';
import type { Answer } from './arena.ts';
import { UNITS } from './forms.ts';
import { audited, oneTaken, type Race, told } from './race.ts';

/** A unit is proposed as co-holder of one account by its officer, the office and the committee at once (Article 7.4): it has one case. */
export const coHolders: Race = {
  name: 'co-holders',
  async round(arena, chance) {
    const { id, unit } = await held(arena, chance);
    const unitId = chance.of(UNITS.filter((each) => each !== unit));
    const body = { unitId, reason: '客户的项目分布在两地', volumeYuan: '300000000.00' };
    const askers = chance.shuffled([CLERK, OTHER_CLERK, 'vice-director-1', 'vice-director-2']);
    const answers = await Promise.all(
      askers.map(async (personId, index) => {
        await pause(chance.between(0, 6));
        return arena.post(personId, `/accounts/${id}/co-holders`, body, { process: index % 2 });
      }),
    );
    for (const answer of answers) told('a proposal', answer, 'accountBusy');
    const caseId: string = answers[oneTaken('several propose one unit', answers)]?.body.caseId;
    const proposals = await arena.rows<{ caseId: string }>(
      'SELECT case_id AS "caseId" FROM co_holders WHERE account_id = $1',
      id,
    );
    assert.deepEqual(proposals, [{ caseId }], 'a refused proposal leaves nothing');
    await audited(arena, caseId);
    return [caseId];
  },
};

/**
 * It is asked at once, by several, who builds one project; and in the case that came of it the leading unit’s head takes the first choice while
 * its deputy leaves it (Article 7.2): one case, and one choice.
 */
export const builders: Race = {
  name: 'builders',
  async round(arena, chance) {
    const { id, unit } = await held(arena, chance);
    const project = { regionCode: '650100', amountYuan: '320000000.00' };
    // The same project, as one and another writes it.
    const names = ['示例产业园（一期）', '示例产业园(一期)', ' 示例产业园 （一期）'];
    const askers = chance.shuffled([CLERK, OTHER_CLERK, `${unit}-head`, `${unit}-manager`]);
    const answers = await Promise.all(
      askers.map(async (personId, index) => {
        await pause(chance.between(0, 6));
        const body = { ...project, projectName: names[index % names.length] };
        return arena.post(personId, `/accounts/${id}/allocations`, body, { process: index % 2 });
      }),
    );
    for (const answer of answers) told('who builds', answer, 'accountBusy');
    const caseId: string = answers[oneTaken('several ask about one project', answers)]?.body.caseId;

    const { id: taskId } = await arena.task(caseId, 'chooseFirst');
    const choose = async (personId: string, action: string, process: number): Promise<Answer> => {
      await pause(chance.between(0, 6));
      return arena.post(personId, `/tasks/${taskId}/decisions`, { action, body: {} }, { process });
    };
    const choices = await Promise.all([choose(`${unit}-head`, 'claim', 0), choose(`${unit}-deputy`, 'leave', 1)]);
    for (const answer of choices) told('a choice', answer, 'taskClosed', 'notFound');
    const isClaimed = oneTaken('one unit speaks twice', choices) === 0;
    await arena.until('what the units think of it', async () => (await arena.caseOf(caseId)).state === 'consultation');
    const [row] = await arena.rows<{ claimedBy: string | null }>(
      'SELECT claimed_by AS "claimedBy" FROM allocations WHERE case_id = $1',
      caseId,
    );
    assert.equal(row?.claimedBy, isClaimed ? unit : null, 'the choice on record is the one that was taken');
    await audited(arena, caseId);
    return [caseId];
  },
};
