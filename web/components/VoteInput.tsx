import { useBallots } from '../api/cases.ts';
import { useWords } from '../words.ts';
import { Choices } from './Choices.tsx';
import type { FieldContext } from './FieldInput.tsx';
import { Loaded } from './Loaded.tsx';

type Props = {
  readonly label: string;
  readonly context: FieldContext;
  readonly id?: string;
  readonly value?: never;
  readonly onChange?: (value: unknown) => void;
};

const WHERE_NONE: readonly string[] = ['for', 'against', 'abstain'];

/** A vote: for or against, or one of the options that stand in the ballot. */
export function VoteInput({ label, context, ...control }: Props) {
  const { named } = useWords();
  const ballots = useBallots(context.caseId);
  return (
    <Loaded query={ballots}>
      {({ items }) => (
        <Choices
          label={label}
          size="large"
          numbered
          options={(items.find(({ id }) => id === context.ballotId)?.votes ?? WHERE_NONE).map((vote) => [
            vote,
            named('vote', vote),
          ])}
          {...control}
        />
      )}
    </Loaded>
  );
}
