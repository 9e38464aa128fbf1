import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { openDatabase, startEmbeddedPostgres, type DatabaseOptions, type EmbeddedPostgres } from '@hetao/persistence';
import { startPostgres, testAuthority, type TestCertificate } from '@hetao/testing';

const authority = testAuthority('The authority of this test');
let folder: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-tls-'));
  server = await startEmbeddedPostgres({ dataDir: folder, durable: false });
  await show(authority.issue('127.0.0.1'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Has the server prove itself by this certificate from now on. */
async function show({ certificate, key }: TestCertificate): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  for (const [name, text] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
    // The server refuses a key that others may read, and it may run as another account than we: so it writes by itself.
    const lines = `SELECT unnest(string_to_array(${client.escapeLiteral(text.trim())}, E'\\n'))`;
    await client.query(`COPY (${lines}) TO PROGRAM 'umask 077; cat > ${name}'`);
  }
  await client.query('ALTER SYSTEM SET ssl = on');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

/** What the server says of the connection, once it is one. */
async function encryption(
  overrides: Partial<DatabaseOptions>,
): Promise<{ readonly ssl: boolean; readonly version: string }> {
  const options = { schema: 'spec', entities: [], migrations: [], applicationName: 'spec', poolSize: 2 };
  const database = await openDatabase({ ...options, url: server.url('postgres'), ...overrides });
  try {
    const { rows } = await database.withClient((client) =>
      client.query<{ ssl: boolean; version: string }>(
        'SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
      ),
    );
    return rows[0] ?? { ssl: false, version: '' };
  } finally {
    await database.close();
  }
}

const refusal = (detail: string) => ({
  problem: {
    code: 'DATABASE_REFUSED',
    detail: expect.stringContaining(detail) as unknown,
    fix: expect.stringContaining('DATABASE_CA') as unknown,
  },
});

describe('A connection by TLS', () => {
  it('is one with a server whose authority is believed', async () => {
    expect(await encryption({ tls: { ca: authority.certificate } })).toEqual({
      ssl: true,
      version: expect.stringMatching(/^TLSv1\.[23]$/) as unknown,
    });
    expect(await encryption({})).toMatchObject({ ssl: false });
  });

  it('is none where nobody we believe has signed, and says so at once', async () => {
    const stranger = testAuthority('A stranger').certificate;
    for (const tls of [{ ca: stranger }, {}])
      await expect(encryption({ tls })).rejects.toMatchObject(refusal('certificate'));
  });

  it('is none with a server that has none', async () => {
    const url = (await startPostgres()).url('postgres');
    const tls = { ca: authority.certificate };
    await expect(encryption({ url, tls })).rejects.toMatchObject(refusal('does not support SSL'));
  });

  it('is none with a server that has the certificate of another', async () => {
    await show(authority.issue('10.0.0.1'));
    const tls = { ca: authority.certificate };
    await expect(encryption({ tls })).rejects.toMatchObject(refusal('127.0.0.1'));
  });
});
