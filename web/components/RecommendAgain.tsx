import { App, Button } from 'antd';
import type { CaseView } from '../../api/contract/cases.ts';
import type { Me } from '../../api/contract/me.ts';
import type { RecommendationView } from '../../api/contract/recommendations.ts';
import { unitRoles } from '../../domain/roles.ts';
import { useAct } from '../api/act.ts';
import { rolesOf } from '../api/me.ts';
import { useRecommendation } from '../api/recommendations.ts';
import { useOnward } from '../onward.ts';
import { useWords } from '../words.ts';

/** A recommendation that came to nothing may be sent again: a new draft with the same form, linked to this case. */
export function RecommendAgain({ value, me }: { readonly value: CaseView; readonly me: Me }) {
  const mayRecommend = value.unit.id === me.unit.id && rolesOf(me).some((role) => unitRoles.includes(role));
  const cameToNothing = value.terminal && value.state !== 'established' && value.recommendation !== null;
  return cameToNothing && mayRecommend ? <Again caseId={value.id} /> : null;
}

function Again({ caseId }: { readonly caseId: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const onward = useOnward();
  const act = useAct<RecommendationView>([['inbox']]);
  const form = useRecommendation(caseId).data?.form;
  return (
    <Button
      size="small"
      type="primary"
      className="no-print"
      loading={act.isPending}
      disabled={!form}
      onClick={() =>
        act.mutate(
          { method: 'POST', path: '/recommendations', body: { form, linkedCaseId: caseId } },
          {
            onSuccess: ({ value: draft }) => onward(`/recommendations/${draft.caseId}`),
            onError: (problem) => message.error(problem.detail),
          },
        )
      }
    >
      {t('case.recommendAgain')}
    </Button>
  );
}
