import type { Language } from '@hetao/kernel';
import { html } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { signInWords } from '../page/sign-in.words.js';
import { nameField, newPasswordField } from './new-account.fields.js';

export interface SetupPage {
  readonly language: Language;
  readonly token: string;
  readonly displayName: string;
  readonly email: string;
  /** What was wrong with the last try. */
  readonly error?: string;
}

/** Asks for the first operator. */
export function setupPage({ language, token, displayName, email, error }: SetupPage): string {
  const words = signInWords[language];
  const main = html`<section class="card">
    <h1>${words.setupTitle}</h1>
    <p class="muted">${words.setupIntro}</p>
    ${error && html`<p class="error" id="setup-error" role="alert">${error}</p>`}
    <form method="post" action="/setup">
      <input type="hidden" name="token" value="${token}" />
      ${nameField(language, displayName)}
      <label for="email">${words.email}</label>
      <input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${email}" />
      ${newPasswordField(language, error && 'setup-error')}
      <button type="submit" class="button">${words.setupSubmit}</button>
    </form>
  </section>`;
  const path = `/setup?token=${encodeURIComponent(token)}`;
  return document({ language, title: words.setupTitle, path, main, demo: false, narrow: true });
}
