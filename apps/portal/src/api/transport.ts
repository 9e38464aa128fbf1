import { client, equip } from '@hetao/client';
import { pageState } from '../app/page-state.js';
import { currentLanguage } from '../i18n/i18n.js';
import { sessionEnded, sessionSeen } from './session-clock.js';

/** Somebody waits before a screen: two more tries, then the problem is shown with a button to try again. */
const RETRIES = 2;
const LONGEST_PAUSE_MS = 3_000;

/** One request, in the reader's language; what it says of the session is heard. */
const send: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  request.headers.set('accept-language', currentLanguage());
  const response = await fetch(request);
  if (pageState.me !== null) {
    if (response.status === 401) sessionEnded();
    else sessionSeen();
  }
  return response;
};

/** Makes the generated client speak to the exchange this page came from. */
export function connectClient(): void {
  equip(client, {
    baseUrl: '',
    retries: RETRIES,
    longestPauseMs: LONGEST_PAUSE_MS,
    csrfToken: () => pageState.me?.csrf_token,
    fetch: send,
  });
}

/** A file the exchange makes: PDF, CSV, a bundle. Throws the client's problems. */
export async function readFile(path: string): Promise<Blob> {
  const { data } = await client.get<Blob, unknown, true>({ url: path, parseAs: 'blob', throwOnError: true });
  return data;
}
