import { DomainError } from '../domain/errors.ts';
import { checkContract } from '../domain/process.ts';
import { allocationProcess } from './allocationProcess.ts';
import { breachProcess } from './breachProcess.ts';
import { coHolderProcess } from './coHolderProcess.ts';
import { registerContract } from './contracts.ts';
import { type Bodies, engineBodies } from './decisionBody.ts';
import { exitProcess } from './exitProcess.ts';
import { membershipProcess } from './membershipProcess.ts';
import { registerPauses } from './pauses.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import { publicationProcess } from './publicationProcess.ts';
import { reassignmentProcess } from './reassignmentProcess.ts';
import { recommendationProcess } from './recommendationProcess.ts';
import { relistingProcess } from './relistingProcess.ts';
import { reviewProcess } from './reviewProcess.ts';
import { suggestionProcess } from './suggestionProcess.ts';

/** The rules for who is asked that every process has; see `slatesFor` in `candidates.ts`. */
const ENGINE_RULES = ['submitter', 'endorser', 'office', 'director'];

const definitions = new Map<string, ProcessDefinition>();

/** Adds a process to the engine. Its workflow is added in `workflows/index.ts`. Errors: its contract is not sound, and how. */
export function registerProcess(definition: ProcessDefinition): void {
  const problems = [...checkContract(definition.contract), ...unknownRules(definition)];
  if (problems.length > 0) throw new Error(`process ${definition.contract.process}: ${problems.join('; ')}`);
  definitions.set(definition.contract.process, definition);
  registerContract(definition.contract);
  if (definition.pausedUntil) registerPauses(definition.contract.process, definition.pausedUntil);
}

/** A rule nobody knows would keep a step from ever opening: it is noticed at start. */
function unknownRules({ contract, slates }: ProcessDefinition): string[] {
  const asked = Object.values(contract.steps).flatMap((step) => step.tasks ?? []);
  const unknown = asked.filter(({ candidates }) => !ENGINE_RULES.includes(candidates) && !(candidates in slates));
  return unknown.map(({ kind, candidates }) => `task ${kind}: nobody says who ${candidates} is`);
}

registerProcess(recommendationProcess);
registerProcess(reassignmentProcess);
registerProcess(breachProcess);
registerProcess(membershipProcess);
registerProcess(coHolderProcess);
registerProcess(allocationProcess);
registerProcess(suggestionProcess);
registerProcess(exitProcess);
registerProcess(relistingProcess);
registerProcess(reviewProcess);
registerProcess(publicationProcess);

/** @throws DomainError `notFound` */
export function definitionOf(process: string): ProcessDefinition {
  const definition = definitions.get(process);
  if (!definition) throw new DomainError('notFound');
  return definition;
}

/** The bodies of all actions of all processes, the engine's own included. */
export function allBodies(): Bodies {
  return Object.assign({}, engineBodies, ...[...definitions.values()].map((definition) => definition.bodies));
}
