import { type ThemeConfig, theme } from 'antd';
import type { Appearance } from './preferences.ts';

const font =
  '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif';

/** Colours keep a contrast of 4.5 to 1 on their ground, secondary text and states included. */
export function themeOf(appearance: Appearance): ThemeConfig {
  const dark = appearance === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: font,
      fontSize: 15,
      borderRadius: 6,
      controlHeight: 38,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      ...(dark
        ? {
            colorPrimary: '#3f8fc0',
            colorLink: '#7cc0ea',
            colorError: '#f0817a',
            colorBgLayout: '#0d1116',
            colorBgContainer: '#161c23',
            colorBgElevated: '#1f2731',
            colorBorder: '#4a5765',
            colorBorderSecondary: '#2d3742',
            colorTextSecondary: '#c3cbd4',
            colorTextTertiary: '#aab4bf',
            colorTextDescription: '#aab4bf',
            colorTextPlaceholder: '#9aa5b1',
            colorTextDisabled: '#8b96a2',
          }
        : {
            colorPrimary: '#14567a',
            colorPrimaryBg: '#e4eff6',
            controlItemBgActive: '#e4eff6',
            controlItemBgActiveHover: '#d5e6f1',
            colorLink: '#0f5c8a',
            colorError: '#b42318',
            colorErrorBg: '#fdecea',
            colorSuccess: '#17714a',
            colorSuccessBg: '#e3f4ea',
            colorSuccessBorder: '#a8d5bc',
            colorWarning: '#8a5a00',
            colorWarningBg: '#fff3d6',
            colorWarningBorder: '#e6cb8a',
            colorBgLayout: '#f3f5f7',
            colorTextSecondary: '#46505c',
            colorTextTertiary: '#5a6572',
            colorTextDescription: '#5a6572',
            colorTextPlaceholder: '#6b7683',
            colorTextDisabled: '#6b7683',
          }),
    },
    components: dark
      ? {
          Radio: { colorPrimary: '#7cc0ea' },
          Button: {
            primaryColor: '#ffffff',
            colorPrimary: '#24709e',
            colorPrimaryHover: '#2b7dae',
            defaultHoverColor: '#7cc0ea',
            defaultHoverBorderColor: '#7cc0ea',
            defaultActiveColor: '#7cc0ea',
            defaultActiveBorderColor: '#7cc0ea',
            colorError: '#ff9d94',
            colorErrorHover: '#ffb3ac',
          },
        }
      : {},
  };
}
