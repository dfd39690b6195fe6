import { Button } from 'antd';
import { Link } from 'react-router';
import type { ProjectDetail } from '../../../api/contract/projects.ts';
import { useAct } from '../../api/act.ts';
import { useOnward } from '../../onward.ts';
import { useWords } from '../../words.ts';
import { ProblemNotice } from '../ProblemNotice.tsx';

/** Who builds a project across regions is asked here, and the case about it shown (Article 7.2). */
export function Allocation({ detail }: { readonly detail: ProjectDetail }) {
  const { t, named } = useWords();
  const onward = useOnward();
  const { project, account, allocation } = detail;
  const act = useAct<{ caseId: string }>([['project'], ['account', account.id]]);
  const { form } = project;
  const mayAsk =
    detail.mayKeep &&
    !project.cancelled &&
    form.state === 'upcoming' &&
    project.builder === null &&
    allocation?.open !== true;
  const body = {
    projectId: project.id,
    projectName: form.name,
    regionCode: form.regionCode,
    amountYuan: form.amountYuan,
  };
  if (!allocation && !mayAsk) return null;
  return (
    <div className="row">
      {allocation && (
        <Link to={`/cases/${allocation.caseId}`}>
          {t('project.allocation', { number: allocation.number, state: named('allocation', allocation.state) })}
        </Link>
      )}
      {mayAsk && (
        <Button
          loading={act.isPending}
          onClick={() =>
            act.mutate(
              { method: 'POST', path: `/accounts/${account.id}/allocations`, body },
              { onSuccess: ({ value }) => onward(`/cases/${value.caseId}`) },
            )
          }
        >
          {t('project.allocate')}
        </Button>
      )}
      <ProblemNotice error={act.error} />
    </div>
  );
}
