import type { Page } from './contract/shared.ts';
import type { WorkflowEventView, WorkflowView } from './contract/workflows.ts';

/** What administrators see of the workflow engine. Each rejects with DomainError `temporalAway` when it cannot be reached. */
export type Executions = {
  isUp(): Promise<boolean>;
  list(query: { status?: string; process?: string; cursor?: string; limit: number }): Promise<Page<Execution>>;
  read(workflowId: string): Promise<Execution>;
  history(workflowId: string, page: { cursor?: string; limit: number }): Promise<Page<WorkflowEventView>>;
};

/** An execution without what the database knows of its case. */
export type Execution = Omit<WorkflowView, 'caseNumber' | 'caseState'>;
