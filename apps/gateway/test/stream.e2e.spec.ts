import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { demoKeys, demoPassword, startGateway, type TestGateway } from './gateway.js';
import { startUpstream, type Upstream } from './upstream.js';

const PATH = '/v1/sandbox/sessions/pxs_01/stream';
let upstream: Upstream;
let gateway: TestGateway;
const greetings: Readonly<Record<string, string | string[] | undefined>>[] = [];
const service = new WebSocketServer({ noServer: true });

beforeAll(async () => {
  upstream = await startUpstream((app) => {
    app.server.on('upgrade', (request, socket, head) => {
      greetings.push(request.headers);
      service.handleUpgrade(request, socket, head, (viewer) => {
        viewer.on('message', (text: Buffer) => viewer.send(`heard ${text.toString()}`));
        viewer.send(Buffer.from([1, 2, 3]));
      });
    });
  });
  gateway = await startGateway({ upstream, env: { SANDBOX_URL: upstream.url } });
});
afterAll(async () => {
  for (const viewer of service.clients) viewer.terminate();
  await gateway.stop();
  await upstream.stop();
});

/** Opens a stream; the status of the refusal where it is refused. */
async function open(headers: Record<string, string>, path = PATH): Promise<WebSocket | number> {
  const socket = new WebSocket(gateway.url.replace('http', 'ws') + path, { headers });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

async function signedIn(): Promise<string> {
  const browser = gateway.browser();
  const { url } = await browser.open(`/sign-in?return_to=${encodeURIComponent('/v1/me')}`);
  await browser.submit(url.pathname, { email: 'buyer@demo.example', password: demoPassword });
  return `hetao-session=${browser.cookies.get('hetao-session')?.value ?? ''}`;
}

describe('A stream through the door', () => {
  it('goes both ways for a page of ours, and the service hears who it is and sees no cookie', async () => {
    const cookie = await signedIn();
    const opened = await open({ cookie, origin: gateway.url });
    if (typeof opened === 'number') throw new Error(`The stream was refused with ${opened}.`);
    const [first] = (await once(opened, 'message')) as [Buffer];
    expect([...first]).toEqual([1, 2, 3]);
    opened.send('hello');
    const [echo] = (await once(opened, 'message')) as [Buffer];
    expect(echo.toString()).toBe('heard hello');
    const heard = greetings.at(-1);
    expect(String(heard?.['x-hetao-caller']).split('.')).toHaveLength(3);
    expect(heard).not.toHaveProperty('cookie');
    const closed = once(opened, 'close');
    for (const viewer of service.clients) viewer.close(4410, 'ended');
    expect((await closed)[0]).toBe(4410);
  });

  it('is refused to strangers, to pages of other sites, and where the table knows of none', async () => {
    const cookie = await signedIn();
    const before = greetings.length;
    expect(await open({})).toBe(401);
    expect(await open({ cookie: 'hetao-session=forged', origin: gateway.url })).toBe(401);
    expect(await open({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await open({ cookie })).toBe(403);
    const key = { authorization: `Bearer ${demoKeys.buyer}` };
    expect(await open({ ...key, origin: 'https://evil.example' })).toBe(403);
    // Elsewhere the wish for another protocol is passed over: it is a plain request.
    expect(await open(key, '/v1/products')).toBe(200);
    expect(greetings).toHaveLength(before);
  });
});
