import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formatNoteKey, type PrivateKeyJwk } from '@hetao/proofs';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken } from '@hetao/testing';
import { main } from '../../../tools/attest/main.js';
import {
  holder,
  HOLDER,
  issuer,
  ISSUER,
  receiver,
  RECEIVER,
  startAttestation,
  trustedKey,
  type RunningAttestation,
} from './running-attestation.js';

const SECRET_TEXT = 'turnover of 12 million';
let app: RunningAttestation;
let folder: string;
let key: PrivateKeyJwk;
let url: string;
let lines: string[] = [];
/** Everything that went over the wire to the exchange. */
let sent = '';

/** As the gateway: knows one API key and calls the service in its holder's name. */
const door: Server = createServer((request, response) => {
  void forward(request).then(({ status, text }) => response.writeHead(status).end(text));
});
async function forward(request: IncomingMessage): Promise<{ status: number; text: string }> {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += String(part);
  sent += body;
  if (request.headers.authorization !== 'Bearer hk_good') {
    return { status: 401, text: JSON.stringify({ code: 'CALLER_UNKNOWN', detail: 'No such key.', fix: 'Make one.' }) };
  }
  const answer = await fetch(`${app.url}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers: { [CALLER_HEADER]: await callerToken(issuer), 'content-type': 'application/json' },
    ...(body === '' ? {} : { body }),
  });
  return { status: answer.status, text: await answer.text() };
}

const at = (name: string): string => join(folder, name);
const run = (...args: string[]): Promise<number> => main(args, (line) => lines.push(line));
beforeAll(async () => {
  app = await startAttestation();
  key = await trustedKey(app);
  folder = await mkdtemp(join(tmpdir(), 'hetao-cli-'));
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  await writeFile(at('key.json'), JSON.stringify(key));
  await writeFile(at('api-key'), 'hk_good\n');
  await writeFile(at('report'), SECRET_TEXT);
});
afterAll(async () => {
  door.closeAllConnections();
  door.close();
  await rm(folder, { recursive: true });
  await app.stop();
});
beforeEach(() => {
  lines = [];
});

const terms = (...more: string[]): string[] => [
  ...['--url', url, '--api-key-file', at('api-key'), '--key', at('key.json'), '--issuer', ISSUER, '--holder', HOLDER],
  ...['--schema', 'credit-report/v1', '--from', '2026-01-01T00:00:00Z', '--to', '2027-01-01T00:00:00Z', ...more],
];
const checks = (): string[] => [
  ...['--log-key', formatNoteKey(app.logKey), '--issuer-key', key.x, '--at', '2026-06-01T00:00:00Z'],
];

describe('the command line with an API key', () => {
  it('registers a file by its commitment, and the receiver checks what the holder brings him', async () => {
    expect(await run('register', at('report'), ...terms('--out', at('for-holder.json')))).toBe(0);
    expect(sent).not.toContain(SECRET_TEXT);
    const handed = JSON.parse(await readFile(at('for-holder.json'), 'utf8')) as {
      salt: string;
      attestation_id: string;
    };
    expect(sent).not.toContain(handed.salt);
    expect((await stat(at('for-holder.json'))).mode & 0o077).toBe(0);
    lines = [];
    expect(await run('verify', at('report'), '--receipt', at('for-holder.json'), ...checks())).toBe(0);
    expect(lines[0]).toContain('matched_valid');
    await writeFile(at('forged'), `${SECRET_TEXT} `);
    expect(await run('verify', at('forged'), '--receipt', at('for-holder.json'), ...checks())).toBe(1);
    const door_ = ['--url', url, '--api-key-file', at('api-key')];
    expect(await run('revoke', handed.attestation_id, ...door_, '--reason', 'issued_in_error')).toBe(0);
    expect((await app.send(issuer, 'GET', `/v1/attestations/${handed.attestation_id}`)).body).toMatchObject({
      state: 'revoked',
    });
    expect(await run('revoke', handed.attestation_id, ...door_, '--reason', 'mood')).toBe(2);
    expect(lines.at(-1)).toContain('VALIDATION_FAILED');
  });

  it('says what the exchange says, writes over nothing, and never shows a key', async () => {
    await writeFile(at('wrong-key'), 'hk_secret_wrong');
    const wrong = terms('--out', at('out-1')).map((word) => (word === at('api-key') ? at('wrong-key') : word));
    expect(await run('register', at('report'), ...wrong)).toBe(2);
    expect(lines[0]).toContain('401: CALLER_UNKNOWN – No such key. – Make one.');
    expect(lines.join()).not.toContain('hk_secret_wrong');
    await writeFile(at('precious'), 'do not touch');
    expect(await run('register', at('report'), ...terms('--out', at('precious')))).toBe(2);
    expect(await readFile(at('precious'), 'utf8')).toBe('do not touch');
    await writeFile(at('two-words'), 'a b');
    const unreadable = terms('--out', at('out-2')).map((word) => (word === at('api-key') ? at('two-words') : word));
    expect(await run('register', at('report'), ...unreadable)).toBe(2);
    expect(lines.at(-1)).toContain('does not hold one word');
  });

  it('issues a credential, registers it, and checks what is shown of it', async () => {
    await writeFile(at('claims.json'), JSON.stringify({ band: 'A', company: 'Example Ltd', staff: 40 }));
    const { privateKey: mine } = await import('@hetao/proofs').then(({ generateSigningKey }) => generateSigningKey());
    await writeFile(at('mine.json'), JSON.stringify(mine));
    const issue = ['--key', at('key.json'), '--issuer', ISSUER, '--type', 'report/v1', '--holder-key', mine.x];
    const term = ['--from', '2026-01-01T00:00:00Z', '--to', '2099-01-01T00:00:00Z'];
    expect(await run('credential', at('claims.json'), ...issue, ...term, '--disclosable', 'company,staff')).toBe(0);
    await writeFile(at('credential'), `${lines.pop() ?? ''}\n`);
    expect(await run('register', at('credential'), ...terms('--as', 'credential', '--out', at('vc.json')))).toBe(0);
    const bind = ['--audience', RECEIVER, '--nonce', 'n1'];
    expect(await run('show', at('credential'), '--disclose', 'staff', '--key', at('mine.json'), ...bind)).toBe(0);
    await writeFile(at('shown'), `${lines.pop() ?? ''}\n`);
    expect(await run('credential-verify', at('shown'), '--issuer-key', key.x, ...bind)).toBe(0);
    expect(JSON.parse(lines.pop() ?? '')).toMatchObject({ claims: { band: 'A', staff: 40 }, hidden: 1 });
    expect(
      await run('credential-verify', at('shown'), '--issuer-key', key.x, '--audience', RECEIVER, '--nonce', 'n2'),
    ).toBe(1);
    // What was shown is covered by the registration of the whole.
    expect(await run('verify', at('shown'), '--as', 'credential', '--receipt', at('vc.json'), ...checks())).toBe(0);
    expect(sent).not.toContain('Example Ltd');
  });

  it('checks the receipt of a verification offline, and sees any other answer in it', async () => {
    expect(await run('register', at('report'), ...terms('--out', at('again.json')))).toBe(0);
    const { attestation_id: id } = JSON.parse(await readFile(at('again.json'), 'utf8')) as { attestation_id: string };
    const wanted = { attestation_id: id, receiver_id: RECEIVER, purpose: 'kyc', valid_until: '2026-06-01T00:00:00Z' };
    const consent = (await app.send(holder, 'POST', '/v1/attestation-consents', wanted)).body.id;
    const commitment = (await app.send(issuer, 'GET', `/v1/attestations/${id}`)).body.commitment;
    const asked = { consent_id: consent, purpose: 'kyc', commitment };
    const answer = await app.send(receiver, 'POST', '/v1/attestation-verifications', asked);
    const path = `/v1/attestation-verifications/${answer.body.document.verification_id}/receipt`;
    const { body } = await app.send(receiver, 'GET', path);
    await writeFile(at('answer.json'), JSON.stringify(body.document));
    await writeFile(at('answer-receipt.json'), JSON.stringify(body));
    const offline = ['--receipt', at('answer-receipt.json'), '--log-key', formatNoteKey(app.logKey)];
    expect(await run('record', at('answer.json'), ...offline)).toBe(0);
    expect(lines.at(-1)).toContain('good: verification');
    await writeFile(at('better.json'), JSON.stringify({ ...body.document, outcome: 'mismatch' }));
    expect(await run('record', at('better.json'), ...offline)).toBe(1);
    expect(lines.at(-1)).toContain('record_mismatch');
    expect(await run('record', at('answer.json'), '--receipt', at('again.json'), ...offline.slice(2))).toBe(1);
    expect(lines.at(-1)).toContain('record_malformed');
    expect((await app.send(holder, 'GET', path)).status).toBe(404);
  });
});
