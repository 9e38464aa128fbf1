import type { Language } from '@hetao/kernel';
import { html, type SafeHtml } from '../page/html.js';
import { signInWords } from '../page/sign-in.words.js';
import { passwordLength } from './password-rules.js';

/** How somebody new is to be called. */
export function nameField(language: Language, displayName: string): SafeHtml {
  return html`<label for="display_name">${signInWords[language].setupName}</label>
    <input
      id="display_name"
      name="display_name"
      autocomplete="name"
      required
      maxlength="200"
      value="${displayName}"
    />`;
}

/**
 * The password somebody new chooses, with what is asked of it.
 *
 * @param errorId of the words that say what was wrong with the last try; undefined at the first.
 */
export function newPasswordField(language: Language, errorId?: string): SafeHtml {
  const words = signInWords[language];
  const about = errorId === undefined ? 'password-hint' : `password-hint ${errorId}`;
  return html`<label for="password">${words.password}</label>
    <input
      id="password"
      name="password"
      type="password"
      autocomplete="new-password"
      required
      minlength="${passwordLength.min}"
      maxlength="${passwordLength.max}"
      aria-describedby="${about}"
    />
    <p class="muted small" id="password-hint">${words.setupPasswordHint}</p>`;
}
