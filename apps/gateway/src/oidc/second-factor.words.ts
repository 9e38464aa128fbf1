import type { Language } from '@hetao/kernel';

/** What the page says that asks for the code of an authenticator. */
export interface SecondFactorWords {
  readonly title: string;
  readonly intro: string;
  readonly code: string;
  readonly submit: string;
  readonly wrong: string;
}

export const secondFactorWords: Readonly<Record<Language, SecondFactorWords>> = {
  en: {
    title: 'One more proof',
    intro: 'Type the code your authenticator shows now, or one of your recovery codes.',
    code: 'Code',
    submit: 'Continue',
    wrong: 'The code is not right, or was used already. Wait for the next one and try again.',
  },
  'zh-Hans': {
    title: '再次验证',
    intro: '请输入身份验证器当前显示的代码，或使用一个恢复代码。',
    code: '代码',
    submit: '继续',
    wrong: '代码不正确或已被使用。请等待下一个代码后重试。',
  },
  'zh-Hant': {
    title: '再次驗證',
    intro: '請輸入身份驗證器現時顯示的代碼，或使用一個復原代碼。',
    code: '代碼',
    submit: '繼續',
    wrong: '代碼不正確或已被使用。請等候下一個代碼後再試。',
  },
};
