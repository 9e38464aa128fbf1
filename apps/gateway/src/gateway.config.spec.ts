import { describe, expect, it } from '@jest/globals';
import { ConfigError, generateCallerKeys, loadConfig } from '@hetao/runtime';
import { demoSessionSecret, gatewaySettings } from './gateway.config.js';

const keys = await generateCallerKeys();
const services = {
  CATALOG_URL: 'http://catalog:8080',
  CONTRACTS_URL: 'http://contracts:8080/',
  METERING_URL: 'http://metering:8080',
  SETTLEMENT_URL: 'http://settlement:8080',
  CALLER_PRIVATE_KEY: JSON.stringify(keys.privateKey),
};
const production = {
  ...services,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://exchange.example',
  SESSION_SECRET: 'a secret of our own with many characters',
};
const seed = {
  email: 'a@demo.example',
  password: 'demo',
  organisation_id: 'org_exchange',
  personas: ['operator'],
  display_name: 'A',
};

function faults(env: Record<string, string | undefined>): Record<string, string> {
  try {
    loadConfig(gatewaySettings, env);
    return {};
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return Object.fromEntries(error.problems.map(({ name, problem }) => [name, problem]));
  }
}

describe('the settings of the gateway', () => {
  it('need only the services and the key that signs callers', () => {
    const config = loadConfig(gatewaySettings, services);
    expect(config).toMatchObject({
      PUBLIC_URL: 'http://localhost:8080',
      CONTRACTS_URL: 'http://contracts:8080',
      SESSION_IDLE_MINUTES: 30,
      DEMO: false,
      OIDC_CLIENT_ID: 'hetao-exchange',
    });
  });

  it('of a production pass', () => {
    expect(faults(production)).toEqual({});
  });

  it('are all named at once when they are wrong', () => {
    expect(
      Object.keys(faults({ CATALOG_URL: 'catalog', PUBLIC_URL: 'https://x/path', SESSION_IDLE_MINUTES: '0' })).sort(),
    ).toEqual([
      'CALLER_PRIVATE_KEY',
      'CATALOG_URL',
      'CONTRACTS_URL',
      'METERING_URL',
      'PUBLIC_URL',
      'SESSION_IDLE_MINUTES',
      'SETTLEMENT_URL',
    ]);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['demo mode', { DEMO: '1' }, 'DEMO'],
    ['seeds', { SEED_ACCOUNTS: JSON.stringify([seed]) }, 'SEED_ACCOUNTS'],
    ['the demo secret by default', { SESSION_SECRET: undefined }, 'SESSION_SECRET'],
    ['the demo secret by hand', { SESSION_SECRET: demoSessionSecret }, 'SESSION_SECRET'],
    ['plain http', { PUBLIC_URL: 'http://exchange.example' }, 'PUBLIC_URL'],
    ['an issuer over plain http', { OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_SECRET: '12345678' }, 'OIDC_ISSUER'],
    ['an issuer without its secret', { OIDC_ISSUER: 'https://id.example' }, 'OIDC_CLIENT_SECRET'],
  ])('refuse %s in production', (_what, change, name) => {
    expect(Object.keys(faults({ ...production, ...change }))).toEqual([name]);
  });

  it.each<[string, unknown]>([
    ['no list', seed],
    ['an unknown role', [{ ...seed, personas: ['king'] }]],
    ['a key whose form is wrong', [{ ...seed, api_key: 'hx_live_x' }]],
    ['one address twice', [seed, { ...seed, email: 'A@demo.example' }]],
  ])('refuse seeds with %s, without showing them', (_what, seeds) => {
    const problems = faults({ ...services, DEMO: '1', SEED_ACCOUNTS: JSON.stringify(seeds) });
    expect(Object.keys(problems)).toEqual(['SEED_ACCOUNTS']);
    expect(problems['SEED_ACCOUNTS']).not.toContain('demo.example');
  });

  it('take a private key for signing callers, and no public one', () => {
    const [publicKey] = keys.publicKeys.keys;
    expect(Object.keys(faults({ ...services, CALLER_PRIVATE_KEY: JSON.stringify(publicKey) }))).toEqual([
      'CALLER_PRIVATE_KEY',
    ]);
  });
});
