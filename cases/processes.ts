import type { z } from 'zod';
import { DomainError } from '../domain/errors.ts';
import type { ProcessContract } from '../domain/process.ts';
import type { Effect } from './answer.ts';
import type { Matters } from './ballotOpening.ts';
import type { Slate } from './candidates.ts';
import { registerContract } from './contracts.ts';
import { engineBodies } from './decisionBody.ts';
import { recommendationProcess } from './recommendationProcess.ts';
import type { CaseTransaction } from './transaction.ts';

/** What a process brings besides its workflow. Everything else (guard, tasks, ballots, deadlines, audit) the engine has. */
export type ProcessDefinition = {
  readonly contract: ProcessContract;
  /** The bodies of its own actions, by kind of task. */
  readonly bodies: Bodies;
  /** What its actions do besides being recorded, by `kind.action`; most need nothing. */
  readonly effects: Readonly<Record<string, Effect>>;
  /** Its own rules for who is asked, by the names its contract uses. */
  readonly slates: Readonly<Record<string, (tx: CaseTransaction) => Promise<Slate[]>>>;
  /** What its ballots are about; a process without ballots needs none. */
  readonly matters?: (tx: CaseTransaction) => Promise<Matters>;
  /** What follows when a case ends in a state. */
  readonly conclude: (tx: CaseTransaction, state: string) => Promise<void>;
};

export type Bodies = Readonly<Record<string, Readonly<Record<string, z.ZodType>>>>;

const definitions = new Map<string, ProcessDefinition>();

/** Adds a process to the engine. Its workflow is added in `workflows/index.ts`. */
export function registerProcess(definition: ProcessDefinition): void {
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
