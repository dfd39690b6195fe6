import { useState } from 'react';
import { useCase } from '../../api/cases.ts';
import { useWords } from '../../words.ts';
import { Choices } from '../Choices.tsx';
import { PersonSelect } from '../PersonSelect.tsx';
import '../../styles/reassignment.css';

type Each = { readonly accountId: string; readonly managerId: string };

/** Who takes each of several accounts over. */
export default function SuccessorsInput({
  caseId,
  unitId,
  value = [],
  onChange,
}: {
  readonly caseId: string;
  readonly unitId: string;
  readonly value?: readonly Each[];
  readonly onChange?: (each: readonly Each[] | undefined) => void;
}) {
  const { t } = useWords();
  const [one, setOne] = useState(true);
  const { matter } = useCase(caseId).data ?? {};
  if (matter?.process !== 'reassignment') return null;
  const accounts = matter.accounts.filter(({ state }) => state !== 'terminated');
  const name = (accountIds: readonly string[], managerId: string) =>
    onChange?.([
      ...value.filter(({ accountId }) => !accountIds.includes(accountId)),
      ...accountIds.map((accountId) => ({ accountId, managerId })),
    ]);
  const of = (id: string) => value.find(({ accountId }) => accountId === id)?.managerId;
  const select = (accountIds: readonly string[], label: string) => {
    const chosen = of(accountIds[0] ?? '');
    return (
      <PersonSelect
        label={label}
        filter={{ unitId }}
        {...(chosen ? { value: chosen } : {})}
        onChange={(managerId) => name(accountIds, managerId)}
      />
    );
  };
  const all = accounts.map(({ id }) => id);
  if (accounts.length === 1) return select(all, t('role.accountManager'));
  return (
    <div className="assignment">
      <Choices
        label={t('reassignment.howMany')}
        size="small"
        value={one}
        options={[
          [true, t('reassignment.oneForAll', { count: accounts.length })],
          [false, t('reassignment.oneForEach')],
        ]}
        onChange={(chosen) => {
          setOne(chosen === true);
          onChange?.(undefined);
        }}
      />
      {one
        ? select(all, t('role.accountManager'))
        : accounts.map((account) => (
            <div key={account.id} className="one">
              <span>{account.client}</span>
              {select([account.id], t('reassignment.successorOf', { client: account.client }))}
            </div>
          ))}
    </div>
  );
}
