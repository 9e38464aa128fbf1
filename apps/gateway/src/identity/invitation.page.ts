import type { Language } from '@hetao/kernel';
import { html } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { signInWords } from '../page/sign-in.words.js';
import type { Invitation } from './invitation.js';
import { invitationWords } from './invitation.words.js';
import { passwordLength } from './password-rules.js';

/** Where the link of an invitation leads. */
export const INVITATION_PATH = '/invitation';

export interface InvitationPage {
  readonly language: Language;
  readonly token: string;
  readonly invitation: Invitation;
  readonly displayName: string;
  /** What was wrong with the last try. */
  readonly error?: string;
}

/** Asks somebody who was invited for a name and a password. */
export function invitationPage({ language, token, invitation, displayName, error }: InvitationPage): string {
  const words = { ...signInWords[language], ...invitationWords[language] };
  const main = html`<section class="card">
    <h1>${words.title}</h1>
    <p class="muted">${words.intro(invitation.email, invitation.organisationId)}</p>
    ${error && html`<p class="error" id="join-error" role="alert">${error}</p>`}
    <form method="post" action="${INVITATION_PATH}">
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
      <label for="password">${words.password}</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="new-password"
        required
        minlength="${passwordLength.min}"
        maxlength="${passwordLength.max}"
        aria-describedby="password-hint${error === undefined ? '' : ' join-error'}"
      />
      <p class="muted small" id="password-hint">${words.setupPasswordHint}</p>
      <button type="submit" class="button">${words.submit}</button>
    </form>
  </section>`;
  const path = `${INVITATION_PATH}?token=${encodeURIComponent(token)}`;
  return document({ language, title: words.title, path, main, demo: false, narrow: true });
}

/** Says that an invitation opens nothing any more. */
export function invitationOverPage(language: Language): string {
  const { title, unusable } = invitationWords[language];
  const main = html`<section class="card">
    <h1>${title}</h1>
    <p role="alert">${unusable}</p>
  </section>`;
  return document({ language, title, path: '/', main, demo: false, narrow: true });
}
