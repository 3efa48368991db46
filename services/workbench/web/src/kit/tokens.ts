/** The antd theme made of the tokens in tokens.css. `base` is the user's font size; everything scales with it. */
import type { ThemeConfig } from 'antd';

export const BASE_SIZE = 14;

export const FONT =
  "'NL Dot','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif";

/** For charts and SVG, where CSS variables do not reach. */
export const colour = {
  ink: '#1B2326',
  ink2: '#424C50',
  ink3: '#5A6569',
  line: '#E2E0DA',
  brand: '#0B5A60',
  rest: '#5B9BA0',
  comparison: '#8C9597',
  soon: '#874800',
  soonEdge: '#C07F1C',
  over: '#B3261E',
  done: '#1E6B3C',
} as const;

/** `still`: the person asked for no motion. antd must know: it waits for the end of animations that the page's CSS takes away. */
export function themeFor(base: number, still: boolean): ThemeConfig {
  const scaled = (px: number) => Math.round((px * base) / BASE_SIZE);
  return {
    token: {
      motion: !still,
      fontFamily: FONT,
      fontSize: base,
      fontSizeSM: scaled(12),
      lineHeight: 22 / 14,
      fontWeightStrong: 600,
      borderRadius: 4,
      borderRadiusLG: 6,
      controlHeight: scaled(32),
      controlHeightSM: scaled(26),
      controlHeightLG: scaled(40),
      colorPrimary: '#0B5A60',
      colorPrimaryHover: '#0F6E75',
      colorPrimaryActive: '#083F44',
      colorInfo: '#1D4F91',
      colorSuccess: '#1E6B3C',
      colorWarning: '#874800',
      colorError: '#B3261E',
      colorLink: '#0B5A60',
      colorText: '#1B2326',
      colorTextSecondary: '#424C50',
      colorTextTertiary: '#5A6569',
      colorTextDescription: '#5A6569',
      colorTextQuaternary: '#677175',
      colorTextPlaceholder: '#677175',
      colorTextDisabled: '#5A6569',
      colorBgContainerDisabled: '#EDECE8',
      colorBgLayout: '#F2F1ED',
      colorFillAlter: '#F8F7F4',
      colorBorder: '#8C9597',
      colorBorderSecondary: '#E2E0DA',
      colorSplit: '#E2E0DA',
      controlOutline: 'rgba(11,90,96,.22)',
      controlOutlineWidth: 3,
      controlItemBgActive: '#E5F0F0',
      motionDurationFast: '0.1s',
      motionDurationMid: '0.16s',
      motionDurationSlow: '0.2s',
    },
    components: {
      Button: {
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 400,
        paddingInline: scaled(12),
        paddingInlineSM: scaled(8),
        contentFontSizeLG: scaled(16),
      },
      Table: {
        headerBg: '#F8F7F4',
        headerColor: '#424C50',
        headerSplitColor: 'transparent',
        rowSelectedBg: '#E5F0F0',
        cellPaddingBlockSM: scaled(8),
        cellPaddingInlineSM: scaled(10),
      },
      Tabs: { horizontalItemPadding: '10px 0', horizontalItemGutter: scaled(22) },
      Segmented: { trackBg: '#E7E5DF' },
      Input: { activeShadow: '0 0 0 3px rgba(11,90,96,.20)' },
      Progress: { remainingColor: '#E4E2DC' },
    },
  };
}
