import type { Language } from '@hetao/kernel';

/** What the pages around signing in say. */
export interface SignInWords {
  readonly title: string;
  readonly intro: string;
  readonly email: string;
  readonly password: string;
  readonly submit: string;
  readonly wrong: string;
  readonly passkey: string;
  readonly passkeyRefused: string;
  readonly throttled: (seconds: number) => string;
  readonly demoTitle: string;
  readonly demoIntro: string;
  readonly demoMore: (count: number) => string;
  readonly demoPassword: string;
  readonly personas: Readonly<Record<'merchant' | 'buyer' | 'operator' | 'auditor', string>>;
  readonly failedTitle: string;
  readonly failed: string;
  readonly noAccount: string;
  readonly closed: string;
  readonly unavailable: string;
  readonly again: string;
  readonly setupTitle: string;
  readonly setupIntro: string;
  readonly setupName: string;
  readonly setupPasswordHint: string;
  readonly setupSubmit: string;
  readonly setupUnusable: string;
}

export const signInWords: Readonly<Record<Language, SignInWords>> = {
  en: {
    title: 'Sign in',
    intro: 'For members of organisations on the exchange.',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'E-mail address and password do not fit. Check both and try again.',
    passkey: 'Sign in with a passkey',
    passkeyRefused: 'The passkey was not accepted. Try once more, or use your password.',
    throttled: (seconds) => `Too many wrong tries. You can try again in ${seconds} seconds.`,
    demoTitle: 'Demo accounts',
    demoIntro: 'One click signs you in. The data is made up and may be changed.',
    demoMore: (count) => `${count} more accounts`,
    demoPassword: 'To type it yourself, use the password printed at start.',
    personas: { merchant: 'Merchant', buyer: 'Buyer', operator: 'Operator', auditor: 'Auditor' },
    failedTitle: 'Signing in did not succeed',
    failed: 'The sign-in was cancelled, took too long, or was opened in two windows.',
    noAccount:
      'You are known to the identity provider, but have no account on this exchange. Ask your organisation to add you as a member with this e-mail address.',
    closed: 'The account may not be used. Ask the operator of the exchange why it or its organisation was suspended.',
    unavailable: 'The identity provider does not answer at the moment.',
    again: 'Try again',
    setupTitle: 'Set up the exchange',
    setupIntro: 'This makes the first operator account. The link works once.',
    setupName: 'Your name',
    setupPasswordHint: '12 to 128 characters; a sentence is easiest to remember.',
    setupSubmit: 'Make the account',
    setupUnusable:
      'This set-up link was used, has expired, or there is an operator already. Start the gateway again to get a new one, as long as there is no operator.',
  },
  'zh-Hans': {
    title: '登录',
    intro: '供交易所各机构的成员使用。',
    email: '电子邮箱',
    password: '密码',
    submit: '登录',
    wrong: '邮箱与密码不匹配，请检查后重试。',
    passkey: '使用通行密钥登录',
    passkeyRefused: '通行密钥未被接受，请再试一次，或使用密码。',
    throttled: (seconds) => `错误次数过多，请在 ${seconds} 秒后重试。`,
    demoTitle: '演示账户',
    demoIntro: '点击即可登录。数据均为虚构，可随意修改。',
    demoMore: (count) => `另有 ${count} 个账户`,
    demoPassword: '如需手动输入，请使用启动时显示的密码。',
    personas: { merchant: '数据商', buyer: '数据买方', operator: '运营方', auditor: '审计方' },
    failedTitle: '登录未成功',
    failed: '登录被取消、超时，或在两个窗口中同时打开。',
    noAccount: '身份提供方认识您，但您在本交易所没有账户。请让所属机构用此邮箱将您添加为成员。',
    closed: '该账户不可使用。请向交易所运营方了解账户或机构被暂停的原因。',
    unavailable: '身份提供方暂时没有响应。',
    again: '重试',
    setupTitle: '设置交易所',
    setupIntro: '在此创建第一个运营方账户。此链接只能使用一次。',
    setupName: '姓名',
    setupPasswordHint: '12 至 128 个字符；一句话最容易记住。',
    setupSubmit: '创建账户',
    setupUnusable: '此设置链接已使用、已过期，或已有运营方账户。尚无运营方时，重新启动网关即可得到新的链接。',
  },
  'zh-Hant': {
    title: '登入',
    intro: '供交易所各機構的成員使用。',
    email: '電郵地址',
    password: '密碼',
    submit: '登入',
    wrong: '電郵與密碼不相符，請檢查後再試。',
    passkey: '使用通行密鑰登入',
    passkeyRefused: '通行密鑰未獲接受，請再試一次，或使用密碼。',
    throttled: (seconds) => `錯誤次數過多，請於 ${seconds} 秒後再試。`,
    demoTitle: '示範帳戶',
    demoIntro: '按一下即可登入。數據均屬虛構，可隨意更改。',
    demoMore: (count) => `另有 ${count} 個帳戶`,
    demoPassword: '如需自行輸入，請使用啟動時顯示的密碼。',
    personas: { merchant: '數據商', buyer: '數據買方', operator: '營運方', auditor: '審計方' },
    failedTitle: '登入未能成功',
    failed: '登入被取消、逾時，或在兩個視窗中同時開啟。',
    noAccount: '身份提供者認得你，但你在本交易所沒有帳戶。請所屬機構以此電郵將你加為成員。',
    closed: '此帳戶不可使用。請向交易所營運方了解帳戶或機構被暫停的原因。',
    unavailable: '身份提供者暫時沒有回應。',
    again: '再試',
    setupTitle: '設定交易所',
    setupIntro: '在此建立第一個營運方帳戶。此連結只可使用一次。',
    setupName: '姓名',
    setupPasswordHint: '12 至 128 個字元；一句說話最容易記住。',
    setupSubmit: '建立帳戶',
    setupUnusable: '此設定連結已使用、已過期，或已有營運方帳戶。尚無營運方時，重新啟動閘道即可取得新的連結。',
  },
};
