import type { Language } from '@hetao/kernel';
import { oneOfEachPersona, type Account } from '../identity/account.js';
import { html, type SafeHtml } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { signInWords } from '../page/sign-in.words.js';

/** Value of `passkey` in the address of the page after one was not accepted. */
export const PASSKEY_REFUSED_QUERY = 'refused';

export interface IdentifyPage {
  readonly language: Language;
  /** Path of this very page: the form is sent to it. */
  readonly action: string;
  readonly email: string;
  /** What was wrong with the last try. */
  readonly error?: string;
  /** Undefined outside of demonstrations. */
  readonly demoAccounts?: readonly Account[];
}

/** Asks for e-mail address and password; in a demonstration offers its accounts, one click each. */
export function identifyPage(page: IdentifyPage): string {
  const words = signInWords[page.language];
  const error = page.error && html`<p class="error" id="sign-in-error" role="alert">${page.error}</p>`;
  const invalid = page.error ? html` aria-invalid="true" aria-describedby="sign-in-error"` : '';
  const main = html`<section class="card">
      <h1>${words.title}</h1>
      <p class="muted">${words.intro}</p>
      ${error}
      <form method="post" action="${page.action}">
        <label for="email">${words.email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username webauthn"
          required
          maxlength="254"
          value="${page.email}"
          ${invalid}${page.email === '' ? html` autofocus` : ''}
        />
        <label for="password">${words.password}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="128"
          ${invalid}${page.email === '' ? '' : html` autofocus`}
        />
        <button type="submit" class="button">${words.submit}</button>
      </form>
      ${passkeyForm(page)}
    </section>
    ${page.demoAccounts !== undefined && page.demoAccounts.length > 0 && demoSection(page, page.demoAccounts)}`;
  const demo = page.demoAccounts !== undefined;
  const { language, action: path } = page;
  return document({ language, title: words.title, path, main, demo, narrow: true, scripts: ['passkey.js'] });
}

/** Hidden until the script finds that this browser knows passkeys; it is sent with what the device answers. */
function passkeyForm({ action, language }: IdentifyPage): SafeHtml {
  const words = signInWords[language];
  return html`<form
    id="passkey"
    method="post"
    action="${action}/passkey"
    data-options="${action}/passkey-options"
    hidden
  >
    <input type="hidden" name="credential" />
    <button type="button" class="quiet">${words.passkey}</button>
  </form>`;
}

function demoSection(page: IdentifyPage, accounts: readonly Account[]): SafeHtml {
  const words = signInWords[page.language];
  const first = oneOfEachPersona(accounts);
  const rest = accounts.filter((account) => !first.includes(account));
  return html`<section class="card" aria-labelledby="demo-accounts">
    <h2 id="demo-accounts">${words.demoTitle}</h2>
    <p class="muted">${words.demoIntro}</p>
    <ul class="people">
      ${first.map((account) => accountCard(page, account))}
    </ul>
    ${
      rest.length > 0 &&
      html`<details>
        <summary>${words.demoMore(rest.length)}</summary>
        <ul class="people">
          ${rest.map((account) => accountCard(page, account))}
        </ul>
      </details>`
    }
    <p class="muted small">${words.demoPassword}</p>
  </section>`;
}

function accountCard(page: IdentifyPage, account: Account): SafeHtml {
  const words = signInWords[page.language];
  return html`<li>
    <form method="post" action="${page.action}">
      <input type="hidden" name="demo_account" value="${account.id}" />
      <button type="submit" class="person">
        <span class="tag ${account.personas[0] ?? ''}"
          >${account.personas.map((persona) => words.personas[persona]).join(' · ')}</span
        >
        <strong>${account.displayName}</strong><span class="muted small">${account.email}</span>
      </button>
    </form>
  </li>`;
}
