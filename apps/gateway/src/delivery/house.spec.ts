import { describe, expect, it } from '@jest/globals';
import { checkEndpoint } from './endpoint.js';
import { houseAddress, insideAddress } from './house.js';

const publicUrl = 'http://localhost:8080';
const inside = 'http://10.0.0.7:4106';
const house = houseAddress(publicUrl);

describe('A product of the exchange itself', () => {
  it('is served by the log on our own network', () => {
    expect(house).toBe('http://localhost:8080/v1/attestation-log');
    expect(insideAddress(house, publicUrl, inside)).toBe('http://10.0.0.7:4106/v1/attestation-log');
    expect(insideAddress(house, publicUrl, undefined)).toBeUndefined();
  });

  it.each([
    'http://localhost:8080/v1/attestation-log/../records',
    'http://localhost:8080/v1/attestation-records',
    'http://localhost:8080/v1/attestation-logs',
    'http://localhost:8081/v1/attestation-log',
    'https://merchant.example/v1/attestation-log',
  ])('is nothing else: %s', (url) => {
    expect(insideAddress(url, publicUrl, inside)).toBeUndefined();
  });

  it('is connected without TLS where the exchange itself has none, and nothing else is', () => {
    const connect = (url: string, secretHeader: string | null = null) =>
      checkEndpoint({ url, secretHeader }, { plainHttpAllowed: false, house });
    expect(connect(house)).toEqual({ ok: true, value: house });
    expect(connect(`${house}/`)).toEqual({ ok: true, value: house });
    expect(connect('http://localhost:8080/v1/products')).toMatchObject({
      error: { code: 'DELIVERY_ENDPOINT_INVALID' },
    });
    expect(connect(house, 'x-key')).toMatchObject({ error: { code: 'DELIVERY_ENDPOINT_INVALID' } });
  });
});
