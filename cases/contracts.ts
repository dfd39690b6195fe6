import { DomainError } from '../domain/errors.ts';
import type { ProcessContract, StepSpec } from '../domain/process.ts';

/** The contracts of every registered process, by name; `processes.ts` fills it. */
const contracts = new Map<string, ProcessContract>();

export function registerContract(contract: ProcessContract): void {
  contracts.set(contract.process, contract);
}

export const allContracts = (): readonly ProcessContract[] => [...contracts.values()];

/** @throws DomainError `notFound` */
export function processOf(name: string): ProcessContract {
  const contract = contracts.get(name);
  if (!contract) throw new DomainError('notFound');
  return contract;
}

/** @throws DomainError `notFound` */
export function stepOf(contract: ProcessContract, name: string): StepSpec {
  const spec = contract.steps[name];
  if (!spec) throw new DomainError('notFound');
  return spec;
}
