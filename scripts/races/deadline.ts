import assert from 'node:assert/strict';
import { actsOf, closedAsCounted, directorVotes, give, givenTogether, storedAsTold, toldTooLate } from './ballot.ts';
import { audited, type Race } from './race.ts';

const SOON_MS = 250;

/** Votes on both sides of a ballot's due time: those in time are counted, the others told so, and nobody in between. */
export const deadline: Race = {
  name: 'vote-deadline',
  async round(arena, chance) {
    const caseId = await arena.balloting();
    const voters = chance.shuffled(await arena.votes(caseId));
    const early = chance.between(voters.length - 6, voters.length - 1);
    const before = voters.slice(0, early).flatMap((voter) => actsOf(chance, voter, 0, 5));
    const around = voters.slice(early).flatMap((voter) => actsOf(chance, voter, SOON_MS - 60, SOON_MS + 60));
    const first = await Promise.all(before.map((act) => give(arena, act)));
    // The ballot is due in a moment, as if its days had passed; the doorbell has its workflow look at the clock anew.
    const [moved] = await arena.rows<{ dueAt: Date }>(
      `UPDATE ballots SET due_at = clock_timestamp() + make_interval(secs => $2) WHERE case_id = $1 AND status = 'open' RETURNING due_at AS "dueAt"`,
      caseId,
      SOON_MS / 1000,
    );
    await arena.client.workflow.getHandle(`bench:${caseId}`).signal('decided', { seq: 0 });
    const then = await givenTogether(
      around.map((act) => give(arena, act)),
      arena.policy().directorLast ? directorUnlessExtended() : [],
    );
    const given = [...first, ...then];
    toldTooLate(given);
    const due = moved?.dueAt;
    if (due) {
      const settled = await arena.until('what is due to be settled', async () => {
        const facts = await arena.facts(caseId, 'ballotClosed', 'ballotExtended', 'directorsTurn');
        return facts[0];
      });
      const others = (await arena.facts(caseId, 'voted')).filter(({ seq }) => seq < settled.seq);
      assert.deepEqual(
        others.filter(({ at }) => at >= due),
        [],
        'no vote is taken after its time',
      );
      if (settled.kind === 'ballotClosed' && settled.at >= due) {
        const inTime = given.filter(({ answer }) => answer.taken).length;
        assert.equal(others.length, inTime, 'what was taken before the end was taken in time');
      }
    }
    const isOpen = (await arena.ballot(caseId)).status === 'open';
    if (isOpen && (await arena.facts(caseId, 'ballotExtended')).length > 0) {
      await storedAsTold(arena, caseId, given);
      await audited(arena, caseId);
    } else await closedAsCounted(arena, caseId, given);
    return [caseId];

    /** For want of a quorum it may be extended, and the director not asked. */
    async function directorUnlessExtended() {
      const drawn = chance.another();
      await arena.until(
        'the director’s turn or more time',
        async () => (await arena.facts(caseId, 'ballotExtended', 'directorsTurn', 'ballotClosed')).length > 0,
      );
      return (await arena.facts(caseId, 'directorsTurn')).length > 0 ? directorVotes(arena, caseId, drawn) : [];
    }
  },
};
