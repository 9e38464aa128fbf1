import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// What stands behind both proxies: the plainest server there is, so that what is measured is the way to it.
const CHUNK = Buffer.alloc(64 * 1024, 'x');
const ANSWER = JSON.stringify({ data: Array.from({ length: 10 }, (_, n) => ({ id: `prd_${n}`, title: 'A product' })) });

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://upstream');
  if (url.pathname.endsWith('/tail')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: open\n\n');
    return;
  }
  if (url.pathname.endsWith('/stream')) {
    let left = Number(url.searchParams.get('chunks'));
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const send = (): void => {
      while (left > 0) {
        left -= 1;
        if (!response.write(CHUNK)) return void response.once('drain', send);
      }
      response.end();
    };
    return send();
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(ANSWER);
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', 16_384, () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
