import { DomainError } from '../domain/errors.ts';
import type { ProcessContract, StepSpec } from '../domain/process.ts';
import { recommendation } from '../workflows/contracts/recommendation.ts';

/** Every process the engine runs. A new one adds its contract here, its workflow to `workflows/index.ts`, its effects to `effects.ts`. */
const contracts = new Map<string, ProcessContract>();

export function registerProcess(contract: ProcessContract): void {
  contracts.set(contract.process, contract);
}

registerProcess(recommendation);

/** @throws DomainError `notFound` */
export function processOf(name: string): ProcessContract {
  const contract = contracts.get(name);
  if (!contract) throw new DomainError('notFound');
  return contract;
}

export function stepOf(contract: ProcessContract, name: string): StepSpec {
  const spec = contract.steps[name];
  if (!spec) throw new DomainError('notFound');
  return spec;
}
