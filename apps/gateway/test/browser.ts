/** As much of a browser as signing in needs: cookies with their paths, redirects by hand, forms. */
export class Browser {
  readonly cookies = new Map<string, { value: string; path: string; flags: string }>();
  readonly visited: string[] = [];

  constructor(readonly origin: string) {}

  /** One request, cookies sent and kept, redirects not followed. */
  async send(target: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target, this.origin);
    this.visited.push(url.href);
    const cookie = [...this.cookies]
      .filter(
        ([, { path }]) => url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
      )
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** As a link or the address bar: follows redirects until a page comes. */
  async open(target: string, init: RequestInit = {}): Promise<{ response: Response; url: URL; text: string }> {
    let url = new URL(target, this.origin);
    let response = await this.send(url.href, init);
    for (let hops = 0; hops < 12 && response.status >= 300 && response.status < 400; hops += 1) {
      url = new URL(response.headers.get('location') ?? '', url);
      response = await this.send(url.href);
    }
    return { response, url, text: await response.text() };
  }

  /** Sends a form as a page of the site does. */
  submit(target: string, fields: Record<string, string>) {
    return this.open(target, {
      method: 'POST',
      headers: { origin: this.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    });
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const attribute = (wanted: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const gone = attribute('max-age') === '0' || new Date(attribute('expires') ?? '2999-01-01').getTime() < Date.now();
    if (gone || value === '') this.cookies.delete(name);
    else this.cookies.set(name, { value, path: attribute('path') ?? '/', flags: attributes.join('; ') });
  }
}
