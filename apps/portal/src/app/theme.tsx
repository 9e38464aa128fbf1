import { ConfigProvider, theme as antd, type ThemeConfig } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { Language } from '@hetao/kernel';
import { antdWords } from '../i18n/antd-words.js';
import { useCalmMotion } from './calm-motion.js';
import { useDark } from './colour-scheme.js';
import { nonce } from './page-state.js';

const FONT = 'inherit';

/** Verified against WCAG 2.2 AA: antd's own link blue and its secondary texts are too weak on white. */
const LIGHT: ThemeConfig = {
  algorithm: antd.defaultAlgorithm,
  token: {
    colorPrimary: '#0b5fff',
    colorLink: '#0a4fd6',
    colorTextDescription: 'rgba(0,0,0,.65)',
    colorTextTertiary: 'rgba(0,0,0,.65)',
    colorTextPlaceholder: 'rgba(0,0,0,.58)',
    colorSuccess: '#0f6b3c',
    colorWarning: '#8a4b00',
    colorError: '#b3261e',
    colorBgLayout: '#f5f7fa',
    colorBorder: '#8490a5',
    colorBorderSecondary: '#d9dfe8',
    borderRadius: 8,
    fontFamily: FONT,
  },
};

const DARK: ThemeConfig = {
  algorithm: antd.darkAlgorithm,
  // Dark text on the light blue of the buttons; not the global token, which would blacken other parts.
  components: { Button: { primaryColor: '#06142b' } },
  token: {
    colorPrimary: '#5c9dff',
    colorLink: '#82b3ff',
    colorTextDescription: 'rgba(255,255,255,.68)',
    colorTextTertiary: 'rgba(255,255,255,.65)',
    colorTextPlaceholder: 'rgba(255,255,255,.58)',
    colorSuccess: '#7ddba4',
    colorWarning: '#f2c27a',
    colorError: '#ff9d95',
    colorBgBase: '#151d29',
    colorBgContainer: '#151d29',
    colorBgElevated: '#1c2636',
    colorBgLayout: '#0d131c',
    colorBorder: '#66758c',
    colorBorderSecondary: '#2b3748',
    borderRadius: 8,
    fontFamily: FONT,
  },
};

/** antd in our colours, our language and under our policy. */
export function Theme({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const dark = useDark();
  const calm = useCalmMotion();
  const words = antdWords(language);
  const theme = useMemo(() => {
    const scheme = dark ? DARK : LIGHT;
    // Our style sheet ends every transition; antd would wait for its end, with “loading” in a button's name for ever.
    return { ...scheme, token: { ...scheme.token, motion: !calm } };
  }, [dark, calm]);
  return (
    <ConfigProvider
      csp={{ nonce }}
      // Else “保存” becomes “保 存”, which neither search nor copy understands.
      button={{ autoInsertSpace: false }}
      {...(words !== undefined && { locale: words })}
      theme={theme}
    >
      {children}
    </ConfigProvider>
  );
}
