import type { Language } from '@hetao/kernel';
import { html } from './html.js';
import { document } from './layout.page.js';
import { signInWords } from './sign-in.words.js';

/** A page that says one thing about signing in and offers to try again. */
export function signInMessagePage(
  language: Language,
  message: 'failed' | 'noAccount' | 'closed' | 'unavailable' | 'setupUnusable',
  demo: boolean,
): string {
  const words = signInWords[language];
  const title = message === 'setupUnusable' ? words.setupTitle : words.failedTitle;
  const main = html`<section class="card">
    <h1>${title}</h1>
    <p role="alert">${words[message]}</p>
    ${message !== 'setupUnusable' && html`<p><a class="button" href="/sign-in">${words.again}</a></p>`}
  </section>`;
  return document({ language, title, path: '/', main, demo, narrow: true });
}
