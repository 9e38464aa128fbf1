import { describe, expect, it } from '@jest/globals';
import { addressGroup, clientAddress } from './client-address.js';
import { acceptableRequestId, headersForCaller, headersForService } from './proxy-headers.js';

const passport = {
  caller: 'signed',
  requestId: 'req-12345678',
  address: '203.0.113.9',
  host: 'exchange.example',
  scheme: 'https',
} as const;

describe('headersForService', () => {
  it('takes away what a caller must not claim, and keeps what is its own', () => {
    const passed = headersForService(
      {
        host: 'evil.example',
        accept: 'application/json',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
        'idempotency-key': 'k',
        'content-type': 'application/json',
        authorization: 'Bearer hx_live_x',
        cookie: 'hetao_session=x',
        'x-csrf-token': 'x',
        'x-hetao-caller': 'forged',
        'X-Hetao-Anything': 'forged',
        'x-forwarded-for': '10.0.0.1',
        'x-forwarded-user': 'root',
        forwarded: 'for=10.0.0.1',
        'x-original-url': '/admin',
        'x-http-method-override': 'DELETE',
        connection: 'close, x-secret',
        'x-secret': 'only for the next hop',
        te: 'trailers',
        'transfer-encoding': 'chunked',
        upgrade: 'h2c',
      },
      passport,
    );
    expect(passed).toEqual({
      host: 'evil.example',
      accept: 'application/json',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      'idempotency-key': 'k',
      'content-type': 'application/json',
      'x-hetao-caller': 'signed',
      'x-request-id': 'req-12345678',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'exchange.example',
      'x-forwarded-proto': 'https',
    });
  });

  it('cannot be talked into dropping the passport through Connection', () => {
    const passed = headersForService({ connection: 'x-hetao-caller, x-request-id' }, passport);
    expect(passed).toMatchObject({ 'x-hetao-caller': 'signed', 'x-request-id': 'req-12345678' });
  });
});

describe('headersForCaller', () => {
  it('keeps the answer and hides the house', () => {
    const shown = headersForCaller({
      'content-type': 'application/json',
      etag: '"v3"',
      link: ['<a>; rel="next"', '<b>; rel="deprecation"'],
      server: 'fastify',
      'set-cookie': ['hetao_session=stolen'],
      'x-hetao-internal': '1',
      'keep-alive': 'timeout=5',
    });
    expect(shown).toEqual({
      'content-type': 'application/json',
      etag: '"v3"',
      link: ['<a>; rel="next"', '<b>; rel="deprecation"'],
    });
  });
});

describe('clientAddress', () => {
  it.each([
    ['127.0.0.1', '::ffff:127.0.0.1', undefined, 0],
    ['10.0.0.9', '10.0.0.9', '1.2.3.4', 0],
    ['1.2.3.4', '10.0.0.9', '9.9.9.9, 1.2.3.4', 1],
    ['1.2.3.4', '10.0.0.9', '9.9.9.9, 1.2.3.4, 10.0.0.8', 2],
    ['10.0.0.9', '10.0.0.9', '1.2.3.4', 2],
    ['10.0.0.9', '10.0.0.9', '"><script>', 1],
    ['10.0.0.9', '10.0.0.9', undefined, 1],
    ['2001:db8::1', '10.0.0.9', '2001:DB8::1', 1],
  ])('is %s', (address, socket, forwarded, hops) => {
    expect(clientAddress(socket, forwarded, hops)).toBe(address);
  });

  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['2001:db8:0:1::/64', '2001:db8:0:1:a:b:c:d'],
    ['2001:db8:0:0::/64', '2001:db8::1'],
    ['0:0:0:0::/64', '::1'],
    ['fe80:0:0:0::/64', 'FE80::'],
  ])('counts %s for %s', (group, address) => {
    expect(addressGroup(address)).toBe(group);
  });
});

describe('acceptableRequestId', () => {
  it.each([
    ['req-12345678', 'req-12345678'],
    ['short', undefined],
    ['has space in it', undefined],
    ['a'.repeat(65), undefined],
    [['req-12345678', 'req-12345678'], undefined],
    [undefined, undefined],
  ])('of %s is %s', (given, accepted) => {
    expect(acceptableRequestId(given)).toBe(accepted);
  });
});
