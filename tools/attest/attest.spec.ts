import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  consistencyProof,
  entryBytes,
  formatNoteKey,
  generateSigningKey,
  inclusionProof,
  leafHash,
  merkleRoot,
  noteKey,
  parseCheckpoint,
  parseNote,
  signCheckpoint,
  type PrivateKeyJwk,
  type SignedStatement,
} from '@hetao/proofs';
import { main } from './main.js';

const ORIGIN = 'log.example/test';
let folder: string;
let logKey: PrivateKeyJwk;
let issuer: PrivateKeyJwk;
let keyLine: string;
let lines: string[];
const at = (name: string): string => join(folder, name);
const run = (...args: string[]): Promise<number> => main(args, (line) => lines.push(line));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-attest-'));
  const [log, signer] = [await generateSigningKey(), await generateSigningKey()];
  [logKey, issuer] = [log.privateKey, signer.privateKey];
  keyLine = formatNoteKey(noteKey('log', ORIGIN, log.publicKey));
  await writeFile(at('file'), 'a report');
  await writeFile(at('key.json'), JSON.stringify(issuer));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  lines = [];
});

describe('a file from issuer to receiver, without a network', () => {
  const terms = [
    '--issuer',
    'org_a',
    '--holder',
    'org_b',
    '--schema',
    'report/v1',
    '--from',
    '2026-01-01T00:00:00Z',
    '--to',
    '2027-01-01T00:00:00Z',
  ];

  /** Signs the file and puts it, alone, into a log. */
  async function registered(): Promise<string> {
    expect(await run('statement', at('file'), '--key', at('key.json'), ...terms)).toBe(0);
    const made = JSON.parse(lines.pop() ?? '') as { body: { signed: SignedStatement }; salt_for_the_holder: string };
    const entry = entryBytes({ kind: 'attestation-registered', signed: made.body.signed });
    const root = leafHash(entry);
    const checkpoint = await signCheckpoint({ origin: ORIGIN, size: 1, root }, logKey);
    const receipt = {
      format: 'hetao-receipt-v1',
      entry: new TextDecoder().decode(entry),
      leaf_index: 0,
      path: inclusionProof([root], 0),
      checkpoint,
    };
    await writeFile(at('receipt.json'), JSON.stringify(receipt));
    return made.salt_for_the_holder;
  }
  const verify = (file: string, salt: string, x: string): Promise<number> =>
    run(
      'verify',
      file,
      '--salt',
      salt,
      '--receipt',
      at('receipt.json'),
      '--log-key',
      keyLine,
      '--issuer-key',
      x,
      '--at',
      '2026-06-01T00:00:00Z',
    );

  it('matches, and says what that proves and what not in three languages', async () => {
    expect(await verify(at('file'), await registered(), issuer.x)).toBe(0);
    expect(lines[0]).toContain('matched_valid');
    expect(lines.join('\n')).toContain('不證明持有人的身份');
  });

  it('does not match when a byte differs, or the key is another’s', async () => {
    const salt = await registered();
    await writeFile(at('other'), 'a Report');
    expect(await verify(at('other'), salt, issuer.x)).toBe(1);
    expect(lines[0]).toContain('mismatch');
    lines = [];
    expect(await verify(at('file'), salt, `-${logKey.x.slice(1)}`)).toBe(1);
    expect(lines[0]).toContain('issuer_untrusted');
  });

  it('prints digests and commitment', async () => {
    expect(await run('commit', at('file'))).toBe(0);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ bytes: 8, salt: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it.each([
    [[], 'commit FILE'],
    [['unknown'], 'commit FILE'],
    [['commit'], 'takes one file'],
    [['commit', 'no such file'], 'ENOENT'],
    [['commit', 'x', '--what'], '--what'],
    [['verify', 'x'], '--issuer-key is missing'],
    [['monitor', 'http://127.0.0.1:1', '--log-key', 'x', '--state', 'y'], '--log-key is no key line'],
  ])('says how when called as %j', async (args, hint) => {
    expect(await run(...args)).toBe(2);
    expect(lines.join()).toContain(hint);
  });
});

describe('the monitor', () => {
  let leaves: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (pathname.endsWith('/consistency')) {
      response.end(JSON.stringify({ path: consistencyProof(leaves, Number(searchParams.get('from'))) }));
      return;
    }
    void signCheckpoint({ origin: ORIGIN, size: leaves.length, root: merkleRoot(leaves) }, logKey).then((note) =>
      response.end(note),
    );
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const look = (): Promise<number> => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return run('monitor', url, '--log-key', keyLine, '--state', at('state'), '--looks', '1');
  };
  const leaf = (text: string): string => leafHash(new TextEncoder().encode(text));

  it('follows a log that grows over several runs, and stops at the fork with the evidence kept', async () => {
    leaves = ['a', 'b'].map(leaf);
    expect(await look()).toBe(0);
    leaves = ['a', 'b', 'c'].map(leaf);
    expect(await look()).toBe(0);
    expect(lines.map((line) => line.split(':')[0])).toEqual(['first', 'grown']);
    const good = await readFile(at('state'), 'utf8');
    leaves = ['a', 'X', 'c', 'd'].map(leaf);
    expect(await look()).toBe(3);
    expect(lines.at(-1)).toContain('ALARM fork');
    expect(await readFile(at('state'), 'utf8')).toBe(good);
    const shown = await readFile(at('state.alarm'), 'utf8');
    expect(parseCheckpoint(parseNote(shown)?.text ?? '')).toMatchObject({ size: 4, root: merkleRoot(leaves) });
    leaves = ['a'].map(leaf);
    expect(await look()).toBe(3);
    expect(lines.at(-1)).toContain('ALARM rolled_back');
  });

  it('never takes a broken memory for none', async () => {
    await writeFile(at('state'), 'nonsense');
    expect(await look()).toBe(2);
    expect(lines.at(-1)).toContain('holds no checkpoint of this log');
  });

  it('goes on when the log is away', async () => {
    expect(await run('monitor', 'http://127.0.0.1:1', '--log-key', keyLine, '--state', at('new'), '--looks', '1')).toBe(
      0,
    );
    expect(lines[0]).toContain('unreachable');
  });
});
