/** Who signs in: an account of the exchange. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Id of the account, where it is one of a demonstration: chosen as by a click, without its password. */
  readonly demoAccount?: string;
}

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly string[];
}

const MAX_HOPS = 12;

/** As much of a browser as signing in needs: cookies, redirects followed by hand, one form. */
class SignInBrowser {
  readonly #cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  async send(target: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(new URL(target, this.origin), { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  }

  /** Follows redirects until something is shown, and says where that is. */
  async open(target: string, init: RequestInit = {}): Promise<{ answer: Response; at: URL }> {
    let at = new URL(target, this.origin);
    let answer = await this.send(at.href, init);
    for (let hop = 0; hop < MAX_HOPS && answer.status >= 300 && answer.status < 400; hop += 1) {
      at = new URL(answer.headers.get('location') ?? '', at);
      // The way through the sign-in never leaves the exchange; a provider outside asks its own questions.
      if (at.origin !== new URL(this.origin).origin)
        throw new Error(`Sign-in leads to ${at.origin}: sign in there, and make an API key on the exchange.`);
      answer = await this.send(at.href);
    }
    return { answer, at };
  }
}

/**
 * Signs in as a person does (authorization code with PKCE, through the exchange's own pages) and makes an API key.
 *
 * @returns the key: the exchange shows it this once
 * @throws Error saying at which step, and what the exchange answered
 */
export async function makeApiKey(baseUrl: string, credentials: Credentials, key: NewKey): Promise<string> {
  const browser = new SignInBrowser(baseUrl);
  const form = await browser.open('/sign-in?return_to=/v1/me');
  await form.answer.text();
  const entered = await browser.open(form.at.href, {
    method: 'POST',
    headers: { origin: new URL(baseUrl).origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: formOf(credentials).toString(),
  });
  if (entered.answer.status >= 400) {
    throw new Error(`Sign-in of ${credentials.email} was answered ${entered.answer.status} at ${entered.at.pathname}.`);
  }
  // The way in ends where it was asked to: at the answer to who is signed in now.
  const me = (await entered.answer.json()) as { csrf_token?: string };
  const made = await browser.send('/v1/api-keys', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-csrf-token': me.csrf_token ?? '',
      origin: new URL(baseUrl).origin,
    },
    body: JSON.stringify(key),
  });
  const answer = (await made.json()) as { key?: string; detail?: string };
  if (answer.key === undefined)
    throw new Error(`The API key of ${credentials.email} was refused (${made.status}): ${answer.detail ?? ''}`);
  return answer.key;
}

function formOf({ email, password, demoAccount }: Credentials): URLSearchParams {
  const chosen = demoAccount !== undefined;
  return new URLSearchParams(chosen ? { demo_account: demoAccount } : { email, password, demo_account: '' });
}
