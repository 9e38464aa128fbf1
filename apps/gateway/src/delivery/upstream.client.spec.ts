import { afterAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { isPublicAddress } from '@hetao/runtime';
import { upstreamAgent } from './upstream.client.js';

describe('where a merchant’s address may lead', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '0.0.0.0', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '::1', 'fe80::1', 'fc00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'nonsense'],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  const agent = upstreamAgent(false);
  afterAll(() => agent.close());

  it.each(['http://localhost:1/', 'http://127.0.0.1:1/', 'http://[::1]:1/', 'http://0x7f.1:1/'])(
    'never to %s',
    async (url) => {
      await expect(request(url, { dispatcher: agent })).rejects.toThrow(/public internet/);
    },
  );
});
