import { readFileSync } from 'node:fs';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { commonConfig, databaseTls, relationsBetween } from './common-config.js';
import { ConfigError, loadConfig, type ConfigProblem } from './load-config.js';
import { booleanSetting, demoDefault, integerSetting, listSetting, secret } from './settings.js';

const publicKey = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA' });

function problems(load: () => unknown): readonly ConfigProblem[] {
  try {
    load();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('parses texts into what the schema says', () => {
    const schema = z.object({
      COUNT: integerSetting(1, 10).prefault('3'),
      ON: booleanSetting,
      NAMES: listSetting,
      WORD: z.string().optional(),
    });
    expect(loadConfig(schema, { ON: 'yes', NAMES: ' a, b,,c ', WORD: '', OTHER: 'x' })).toEqual({
      COUNT: 3,
      ON: true,
      NAMES: ['a', 'b', 'c'],
    });
  });

  it('names all problems in one go, with the values that are no secret', () => {
    const schema = z.object({
      COUNT: integerSetting(1, 10),
      SIZE: integerSetting(1, 10),
      MISSING: z.string(),
      KEY: secret(
        z
          .string()
          .min(32)
          .regex(/^[a-z]+$/),
      ),
    });
    expect(problems(() => loadConfig(schema, { COUNT: '11', SIZE: '1.5', KEY: 'Hunter2!' }))).toEqual([
      { name: 'COUNT', problem: 'must be between 1 and 10 (got "11")' },
      { name: 'SIZE', problem: expect.stringContaining('must be a whole number (got "1.5")') },
      { name: 'MISSING', problem: 'is required and not set' },
      { name: 'KEY', problem: expect.stringMatching(/too_small; the value is a secret/) },
      { name: 'KEY', problem: expect.stringMatching(/invalid_format; the value is a secret/) },
    ]);
    expect(() => loadConfig(schema, { KEY: 'Hunter2!' })).not.toThrow(/Hunter2/);
  });

  it('reads a secret from its file, and only a secret', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'hetao-config-')), 'key');
    writeFileSync(path, 'from the file\n');
    const schema = z.object({
      KEY: secret(z.string()),
      OPTIONAL: secret(z.string()).optional(),
      PLAIN: z.string().optional(),
    });
    expect(loadConfig(schema, { KEY_FILE: path, OPTIONAL_FILE: path, PLAIN_FILE: path })).toEqual({
      KEY: 'from the file',
      OPTIONAL: 'from the file',
    });
    expect(problems(() => loadConfig(schema, { KEY: 'a', KEY_FILE: path }))).toEqual([
      { name: 'KEY', problem: 'is set twice: use either KEY or KEY_FILE' },
    ]);
    expect(problems(() => loadConfig(schema, { KEY_FILE: '/nowhere/key' }))).toEqual([
      { name: 'KEY', problem: 'KEY_FILE names a file that cannot be read (ENOENT)' },
    ]);
  });

  it('uses demo defaults anywhere but in production', () => {
    const schema = z.object({ KEY: secret(demoDefault(z.string().min(4), 'demo')), NODE_ENV: z.string().optional() });
    expect(loadConfig(schema, {})).toEqual({ KEY: 'demo' });
    expect(loadConfig(schema, { NODE_ENV: 'production', KEY: 'mine' })).toEqual({
      NODE_ENV: 'production',
      KEY: 'mine',
    });
    expect(problems(() => loadConfig(schema, { NODE_ENV: 'production' }))).toEqual([
      { name: 'KEY', problem: expect.stringContaining('refused when NODE_ENV=production') },
    ]);
  });

  it('keeps marks apart where schemas are shared', () => {
    const shared = z.string();
    const schema = z.object({ HIDDEN: secret(shared), SHOWN: shared.max(3) });
    expect(problems(() => loadConfig(schema, { HIDDEN: 'a', SHOWN: 'long' }))[0]?.problem).toContain('"long"');
  });

  it('checks settings against each other when each is right by itself', () => {
    const schema = z
      .object({ FROM: integerSetting(0, 9), TO: integerSetting(0, 9) })
      .refine(({ FROM, TO }) => FROM < TO, { path: ['TO'], message: 'must be more than FROM' });
    expect(problems(() => loadConfig(schema, { FROM: '5', TO: '4' }))).toEqual([
      { name: 'TO', problem: 'must be more than FROM' },
    ]);
  });
});

describe('The common settings', () => {
  const minimal = { DATABASE_URL: 'postgres://u:p@db/x', CALLER_PUBLIC_KEY: publicKey, KAFKA_BROKERS: 'a:9092,b:9092' };

  it('have defaults for all but the addresses and the key', () => {
    expect(loadConfig(commonConfig, minimal, relationsBetween)).toEqual({
      NODE_ENV: 'development',
      LOG_LEVEL: 'info',
      DATABASE_URL: minimal.DATABASE_URL,
      DATABASE_TLS: false,
      DATABASE_POOL_SIZE: 10,
      HOST: '127.0.0.1',
      PORT: 8080,
      MIGRATE: 'auto',
      TRANSPORT: 'kafka',
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      KAFKA_SSL: false,
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SESSION_TIMEOUT_MS: 10_000,
      CALLER_PUBLIC_KEY: { keys: [JSON.parse(publicKey)] },
      SHUTDOWN_DELAY_MS: 0,
      SHUTDOWN_TIMEOUT_MS: 25_000,
    });
  });

  it('need brokers for Kafka alone, and say so with everything else', () => {
    const rest = { ...minimal, KAFKA_BROKERS: '' };
    const wrong = { ...rest, PORT: 'x', KAFKA_USERNAME: 'hetao' };
    expect(problems(() => loadConfig(commonConfig, wrong, relationsBetween)).map(({ name }) => name)).toEqual([
      'PORT',
      'KAFKA_BROKERS',
      'KAFKA_PASSWORD',
    ]);
    expect(loadConfig(commonConfig, { ...rest, TRANSPORT: 'embedded' }, relationsBetween).TRANSPORT).toBe('embedded');
  });

  it('take authorities from files, and from nowhere what would look safe and not be', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    const tls = { ...minimal, DATABASE_TLS: '1', KAFKA_SSL: '1', KAFKA_CA: pem };
    const file = join(mkdtempSync(join(tmpdir(), 'hetao-ca-')), 'ca.pem');
    writeFileSync(file, `${pem}\n`);
    const loaded = loadConfig(commonConfig, { ...tls, DATABASE_CA_FILE: file }, relationsBetween);
    expect([loaded.DATABASE_CA, loaded.KAFKA_CA, databaseTls(loaded)]).toEqual([pem, pem, { ca: pem }]);
    expect(databaseTls(loadConfig(commonConfig, minimal, relationsBetween))).toBeUndefined();

    const wrong = {
      ...minimal,
      ...{
        DATABASE_URL: 'postgres://u:p@db/x?sslmode=require',
        DATABASE_CA_FILE: file,
        KAFKA_SSL: '1',
        KAFKA_CA: 'me',
      },
    };
    expect(problems(() => loadConfig(commonConfig, wrong, relationsBetween))).toEqual([
      { name: 'KAFKA_CA', problem: expect.stringContaining('not valid') as unknown },
      { name: 'DATABASE_CA', problem: 'is of no use without DATABASE_TLS=1' },
      { name: 'DATABASE_URL', problem: expect.stringContaining('DATABASE_TLS=1') as unknown },
    ]);
    const missing = { ...tls, DATABASE_CA_FILE: '/nowhere/ca.pem' };
    expect(problems(() => loadConfig(commonConfig, missing, relationsBetween))).toEqual([
      { name: 'DATABASE_CA', problem: 'DATABASE_CA_FILE names a file that cannot be read (ENOENT)' },
    ]);
  });

  it.each([
    ['no JSON', 'key'],
    ['a private key', JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: 'AAAA', d: 'BBBB' })],
    ['another curve', JSON.stringify({ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'BBBB' })],
    ['an empty set', JSON.stringify({ keys: [] })],
  ])('refuse %s as the public key', (_what, CALLER_PUBLIC_KEY) => {
    const found = problems(() => loadConfig(commonConfig, { ...minimal, CALLER_PUBLIC_KEY }));
    expect(found).toEqual([{ name: 'CALLER_PUBLIC_KEY', problem: expect.any(String) }]);
    expect(found[0]?.problem).not.toContain('BBBB');
  });

  it('refuse the keys of the demo in production, and only there', () => {
    const demoKey = readFileSync(
      new URL('../../../../infra/docker/demo-keys/caller-public.jwk', import.meta.url),
      'utf8',
    );
    const demo = { ...minimal, CALLER_PUBLIC_KEY: demoKey };
    expect(loadConfig(commonConfig, demo, relationsBetween).CALLER_PUBLIC_KEY.keys).toHaveLength(1);
    expect(problems(() => loadConfig(commonConfig, { ...demo, NODE_ENV: 'production' }, relationsBetween))).toEqual([
      { name: 'CALLER_PUBLIC_KEY', problem: expect.stringContaining('the demo') as unknown },
    ]);
  });
});
