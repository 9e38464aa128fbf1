import type { Language } from '@hetao/kernel';

/** What the page of an invitation says. */
export interface InvitationWords {
  readonly title: string;
  readonly intro: (email: string, organisation: string) => string;
  readonly submit: string;
  readonly unusable: string;
}

export const invitationWords: Readonly<Record<Language, InvitationWords>> = {
  en: {
    title: 'Join your organisation',
    intro: (email, organisation) =>
      `${email} is invited to act for ${organisation}. Choose a password; the link works once.`,
    submit: 'Make the account',
    unusable: 'This invitation was used, was revoked or has expired. Ask whoever invited you for a new one.',
  },
  'zh-Hans': {
    title: '加入您的机构',
    intro: (email, organisation) => `邀请 ${email} 代表 ${organisation}。请设置密码；此链接只能使用一次。`,
    submit: '创建账户',
    unusable: '此邀请已被使用、撤回或已过期。请向邀请人索取新的邀请。',
  },
  'zh-Hant': {
    title: '加入您的機構',
    intro: (email, organisation) => `邀請 ${email} 代表 ${organisation}。請設定密碼；此連結只可使用一次。`,
    submit: '建立帳戶',
    unusable: '此邀請已被使用、撤回或已過期。請向邀請人索取新的邀請。',
  },
};
