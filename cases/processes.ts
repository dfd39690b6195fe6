import { DomainError } from '../domain/errors.ts';
import { checkContract } from '../domain/process.ts';
import { registerContract } from './contracts.ts';
import { type Bodies, engineBodies } from './decisionBody.ts';
import type { ProcessDefinition } from './processDefinition.ts';
import { recommendationProcess } from './recommendationProcess.ts';

const definitions = new Map<string, ProcessDefinition>();

/** Adds a process to the engine. Its workflow is added in `workflows/index.ts`. Errors: its contract is not sound, and how. */
export function registerProcess(definition: ProcessDefinition): void {
  const problems = checkContract(definition.contract);
  if (problems.length > 0) throw new Error(`process ${definition.contract.process}: ${problems.join('; ')}`);
  definitions.set(definition.contract.process, definition);
  registerContract(definition.contract);
}

registerProcess(recommendationProcess);

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
