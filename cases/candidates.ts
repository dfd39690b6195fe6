import { holdersOf, personKey, roleKey } from './actor.ts';
import { officeHead, officeSlate, seats } from './companySlates.ts';
import type { Slate } from './processDefinition.ts';
import { definitionOf } from './processes.ts';
import type { CaseTransaction } from './transaction.ts';

/** The people a rule of a process contract means for this case, one slate a task. */
export async function slatesFor(tx: CaseTransaction, rule: string): Promise<Slate[]> {
  const unitId = tx.case.unitId;
  const head = roleKey('unitHead', unitId);
  const own = definitionOf(tx.case.process).slates[rule];
  if (own) return own(tx);
  switch (rule) {
    case 'submitter':
      return [{ candidates: [personKey(tx.case.submitterId)], escalations: [[head]] }];
    case 'endorser': {
      // The head does not endorse what he submitted himself: his deputy for marketing does (系统默认).
      const heads = await holdersOf(tx.client, [head]);
      const endorser = heads.includes(tx.case.submitterId) ? roleKey('marketingDeputy', unitId) : head;
      return [{ candidates: [endorser], escalations: [[roleKey('office')]] }];
    }
    case 'office':
      return [await officeSlate(tx)];
    case 'director':
      return [{ candidates: await seats(tx, 'director'), escalations: [await seats(tx, 'viceDirector')] }];
    default:
      throw new Error(`process ${tx.case.process} does not say who ${rule} is`);
  }
}

/** What the escalation of an inquorate ballot goes to: the office's head, then the director (voting rule, 系统默认). */
export async function inquorateEscalations(tx: CaseTransaction): Promise<string[][]> {
  return [[await officeHead(tx)], await seats(tx, 'director')];
}
