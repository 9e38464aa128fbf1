import type { Language } from '@hetao/kernel';
import { html } from '../page/html.js';
import { document } from '../page/layout.page.js';
import { signInWords } from '../page/sign-in.words.js';
import type { Invitation } from './invitation.js';
import { invitationWords } from './invitation.words.js';
import { nameField, newPasswordField } from './new-account.fields.js';

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
      ${nameField(language, displayName)} ${newPasswordField(language, error && 'join-error')}
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
