import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.js';

describe('the proxy between two parts', () => {
  let echo: Server;
  let proxy: TcpProxy;

  beforeEach(async () => {
    echo = await listening((socket) => socket.pipe(socket));
    proxy = await TcpProxy.open(portOf(echo));
  });

  afterEach(async () => {
    await proxy.close();
    echo.close();
  });

  const listening = async (serve: (socket: Socket) => void): Promise<Server> => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      serve(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const portOf = (server: Server): number => (server.address() as { port: number }).port;
  const said = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

  it('passes on both ways, late when it is told to', async () => {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.write('one');
    expect(await said(socket)).toBe('one');
    proxy.slow(60);
    const sentAt = performance.now();
    socket.write('two');
    expect(await said(socket)).toBe('two');
    expect(performance.now() - sentAt).toBeGreaterThan(100);
    socket.destroy();
  });

  it('cuts what is open, and lets new connections in', async () => {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.write('one');
    await said(socket);
    const cut = once(socket, 'error');
    expect(proxy.reset()).toBe(1);
    expect((await cut)[0]).toMatchObject({ code: 'ECONNRESET' });
    const next = connect(proxy.port, '127.0.0.1');
    next.write('two');
    expect(await said(next)).toBe('two');
    next.destroy();
  });

  it('leads new connections elsewhere, and leaves the open ones', async () => {
    const other = await listening((socket) => socket.end('other'));
    const old = connect(proxy.port, '127.0.0.1');
    old.write('one');
    await said(old);
    proxy.turnTo(portOf(other));
    expect(await said(connect(proxy.port, '127.0.0.1'))).toBe('other');
    old.write('two');
    expect(await said(old)).toBe('two');
    old.destroy();
    other.close();
  });
});
