import type { AuditHeadView } from '../../api/contract/audit.ts';
import type { HealthView } from '../../api/contract/health.ts';
import type { ProposalView } from '../../api/contract/proposals.ts';
import type { RoleAssignmentView } from '../../api/contract/roles.ts';
import type { AttentionView } from '../../api/contract/workflows.ts';
import { type Page, useOne, useWatched } from './list.ts';

export type Attention = {
  readonly items: readonly AttentionView[];
  readonly temporal: 'compared' | 'away';
  readonly whole: boolean;
  readonly counts: Readonly<Record<string, number>> | null;
  readonly pages: { readonly url: string } | { readonly port: number } | null;
  readonly namespace: string;
};

const EVERY = 10_000;

export const useHealth = () => useWatched<HealthView>(['health'], '/health', 5_000);
export const useAttention = (asked = true) =>
  useWatched<Attention>(['attention'], asked ? '/workflows/attention' : null, EVERY);
export const useProposals = (asked = true) =>
  useOne<Page<ProposalView>>(['proposals'], asked ? '/proposals' : null, EVERY);
export const useRoles = () => useOne<Page<RoleAssignmentView>>(['roles'], '/roles');
export const useAuditHead = () => useWatched<AuditHeadView | null>(['audit', 'head'], '/audit/head', EVERY);

/** What a proposal, its answer or a redrive may change for the administrators. */
export const afterProposal = [['proposals'], ['attention'], ['workflows'], ['workflow'], ['me'], ['inbox']] as const;

/** The address of an execution in Temporal's own pages; null where there are none. */
export function enginePage(
  { pages, namespace }: Pick<Attention, 'pages' | 'namespace'>,
  execution: { readonly workflowId: string; readonly runId: string },
): string | null {
  if (!pages) return null;
  const base = 'url' in pages ? pages.url.replace(/\/$/, '') : `http://${window.location.hostname}:${pages.port}`;
  const [id, run] = [execution.workflowId, execution.runId].map(encodeURIComponent);
  return `${base}/namespaces/${encodeURIComponent(namespace)}/workflows/${id}/${run}/history`;
}
