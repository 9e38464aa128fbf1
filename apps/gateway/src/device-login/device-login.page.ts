import type { Language } from '@hetao/kernel';
import { DEVICE_PATH } from '../oidc/device-flow.provider.js';
import { html, type SafeHtml } from '../page/html.js';
import { document } from '../page/layout.page.js';
import type { ScopeArea } from '../routing/route-table.js';
import { shownUserCode, type DeviceDecision, type DeviceRequest } from './device-login.js';
import { deviceLoginWords, type DeviceLoginWords } from './device-login.words.js';

/** What every page of a device login has. */
export interface DevicePageFrame {
  readonly language: Language;
  readonly demo: boolean;
  /** Who is signed in: the end of the header. */
  readonly account: SafeHtml;
  /** Proves that a form comes from this page. */
  readonly csrf: string;
}

/** Asks for the code; `typed` was in the link or typed before. */
export function deviceCodePage(frame: DevicePageFrame, typed: string, error?: string): string {
  const words = deviceLoginWords[frame.language];
  const main = html`<h1>${words.title}</h1>
    <p class="muted">${words.intro}</p>
    ${error && html`<p class="error" id="code-error" role="alert">${error}</p>`}
    <form method="post" action="${DEVICE_PATH}">
      <input type="hidden" name="csrf_token" value="${frame.csrf}" />
      <label for="user_code">${words.code}</label>
      <input
        id="user_code"
        name="user_code"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        required
        maxlength="40"
        value="${typed}"
        autofocus
        ${error === undefined ? '' : html` aria-invalid="true" aria-describedby="code-error"`}
      />
      <button type="submit" class="button">${words.submit}</button>
    </form>`;
  return framed(frame, words.title, main);
}

/** Says which programme asks, from where and for what, and asks for a yes or no. */
export function deviceConfirmPage(frame: DevicePageFrame, request: DeviceRequest): string {
  const words = deviceLoginWords[frame.language];
  const { agent, address, askedAt, userCode } = request;
  const at = `${askedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const main = html`<h1>${words.confirmTitle}</h1>
    <p>${words.asks(words.programme)}</p>
    <p class="code">${shownUserCode(userCode)}</p>
    <p>${words.compare}</p>
    <p class="muted small">${words.from(agent, address, at)}</p>
    <h2>${words.wants}</h2>
    <ul>
      ${rightsIn(request.scopes, words).map((right) => html`<li>${right}</li>`)}
    </ul>
    <p class="muted small">${words.limits}</p>
    <form method="post" action="${DEVICE_PATH}">
      <input type="hidden" name="csrf_token" value="${frame.csrf}" />
      <input type="hidden" name="user_code" value="${userCode}" />
      <button type="submit" class="button" name="decision" value="approve">${words.approve}</button>
      <button type="submit" class="quiet" name="decision" value="refuse">${words.refuse}</button>
    </form>`;
  return framed(frame, words.confirmTitle, main);
}

/** Says what became of it. */
export function deviceDonePage(frame: DevicePageFrame, decision: DeviceDecision): string {
  const words = deviceLoginWords[frame.language];
  const [title, told] =
    decision === 'approve' ? [words.approvedTitle, words.approved] : [words.refusedTitle, words.refused];
  return framed(
    frame,
    title,
    html`<h1>${title}</h1>
      <p role="status">${told}</p>`,
  );
}

/** Scopes as people read them: an area a line, with what may be done there. */
function rightsIn(scopes: readonly string[], words: DeviceLoginWords): readonly string[] {
  const byArea = Map.groupBy(scopes, (scope) => scope.split(':', 1)[0] as ScopeArea);
  return [...byArea].map(([area, ofArea]) => {
    const may = ofArea.map((scope) => (scope.endsWith(':write') ? words.change : words.read));
    return words.right(words.areas[area], may.join(' · '));
  });
}

function framed({ language, demo, account }: DevicePageFrame, title: string, content: SafeHtml): string {
  const main = html`<section class="card">${content}</section>`;
  return document({ language, title, path: DEVICE_PATH, main, demo, account, narrow: true });
}
