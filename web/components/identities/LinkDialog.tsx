import { Form } from 'antd';
import type { StrangerView } from '../../../api/contract/identities.ts';
import type { Problem } from '../../api/problem.ts';
import { useWords } from '../../words.ts';
import { FormDialog, useRequired } from '../FormDialog.tsx';
import { PersonSelect } from '../PersonSelect.tsx';

type Props = {
  readonly stranger: StrangerView;
  readonly pending: boolean;
  readonly error: Problem | null;
  readonly onLink: (personId: string) => void;
  readonly onClose: () => void;
};

/** Which person an account is: said expressly, since from then on it opens his sessions. */
export function LinkDialog({ stranger, pending, error, onLink, onClose }: Props) {
  const { t } = useWords();
  return (
    <FormDialog<{ personId: string }>
      title={t('identity.whoIs', { name: stranger.name ?? stranger.login ?? stranger.subject })}
      submit={t('identity.link')}
      name="link"
      act={{ isPending: pending, error }}
      onSubmit={({ personId }) => onLink(personId)}
      onClose={onClose}
    >
      <p className="soft">{t('identity.linkMeans')}</p>
      <Form.Item name="personId" label={t('identity.person')} rules={useRequired()}>
        <PersonSelect />
      </Form.Item>
    </FormDialog>
  );
}
