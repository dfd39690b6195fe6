import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useLocation, useNavigate } from 'react-router';
import { query } from '../api/call.ts';
import { useWords } from '../words.ts';

/** The manual's chapter about this page, and the tour again. */
export function HelpMenu({ onTour }: { readonly onTour: () => void }) {
  const { t } = useWords();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'chapter', label: t('help.ofPage'), onClick: () => navigate(`/help${query({ for: pathname })}`) },
          { key: 'tour', label: t('help.tour'), onClick: onTour },
        ],
      }}
    >
      <Button type="text" className="help-button" aria-label={t('help.title')} icon={<QuestionCircleOutlined />} />
    </Dropdown>
  );
}
