import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { setPreferences, usePreferences } from '../preferences.ts';
import { useWords } from '../words.ts';

/** The switches every page has: the language and the appearance. */
export function Controls() {
  const { t } = useWords();
  const { language, appearance } = usePreferences();
  const dark = appearance === 'dark';
  return (
    <>
      <Button
        type="text"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        aria-label={t('do.switchLanguage')}
        onClick={() => setPreferences({ language: language === 'en' ? 'zh-CN' : 'en' })}
      >
        {language === 'en' ? '中文' : 'EN'}
      </Button>
      <Button
        type="text"
        aria-label={t(dark ? 'do.light' : 'do.dark')}
        aria-pressed={dark}
        icon={dark ? <SunOutlined /> : <MoonOutlined />}
        onClick={() => setPreferences({ appearance: dark ? 'light' : 'dark' })}
      />
    </>
  );
}
