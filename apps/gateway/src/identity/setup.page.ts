import type { Language } from '@hetao/kernel';
import { html } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { signInWords } from '../page/sign-in.words.js';
import { passwordLength } from './password-rules.js';

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
      <label for="display_name">${words.setupName}</label>
      <input
        id="display_name"
        name="display_name"
        autocomplete="name"
        required
        maxlength="200"
        value="${displayName}"
      />
      <label for="email">${words.email}</label>
      <input id="email" name="email" type="email" autocomplete="username" required maxlength="254" value="${email}" />
      <label for="password">${words.password}</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        required
        minlength="${passwordLength.min}"
        maxlength="${passwordLength.max}"
        aria-describedby="password-hint${error === undefined ? '' : ' setup-error'}"
      />
      <p class="muted small" id="password-hint">${words.setupPasswordHint}</p>
      <button type="submit" class="button">${words.setupSubmit}</button>
    </form>
  </section>`;
  const path = `/setup?token=${encodeURIComponent(token)}`;
  return document({ language, title: words.setupTitle, path, main, demo: false, narrow: true });
}
