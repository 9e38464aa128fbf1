import type { Language } from '@hetao/kernel';
import { html } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { secondFactorWords } from './second-factor.words.js';

export interface SecondFactorPage {
  readonly language: Language;
  /** Path of the page that asked for the password: the form is sent there. */
  readonly action: string;
  /** Proves that the password was right (see sign-in-ticket.codec.ts). */
  readonly ticket: string;
  /** What was wrong with the last try. */
  readonly error?: string;
}

/** Asks for a code after the password was right. */
export function secondFactorPage({ language, action, ticket, error }: SecondFactorPage): string {
  const words = secondFactorWords[language];
  const main = html`<section class="card">
    <h1>${words.title}</h1>
    <p class="muted">${words.intro}</p>
    ${error && html`<p class="error" id="code-error" role="alert">${error}</p>`}
    <form method="post" action="${action}">
      <input type="hidden" name="ticket" value="${ticket}" />
      <label for="code">${words.code}</label>
      <input
        id="code"
        name="code"
        autocomplete="one-time-code"
        inputmode="text"
        required
        maxlength="40"
        autofocus
        ${error === undefined ? '' : html` aria-invalid="true" aria-describedby="code-error"`}
      />
      <button type="submit" class="button">${words.submit}</button>
    </form>
  </section>`;
  return document({ language, title: words.title, path: action, main, demo: false, narrow: true });
}
