import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  formatNoteKey,
  generateSigningKey,
  openCheckpoint,
  openReceipt,
  parseNote,
  type PrivateKeyJwk,
} from '@hetao/proofs';
import { eventually } from '@hetao/testing';
import { LogRepository } from '../src/log/log.repository.js';
import { SealLog } from '../src/log/seal-log.use-cases.js';
import {
  fileFrom,
  holder,
  issuer,
  operator,
  receiver,
  RECEIVER,
  startAttestation,
  trustedKey,
  type RunningAttestation,
} from './running-attestation.js';

const SHENZHEN = 'attestation.example/shenzhen';
const HONG_KONG = 'attestation.example/hongkong';
const WITHIN = { withinMs: 10_000 };

/** One address that leads to whichever node it is turned to: how a forking log shows two faces. */
class Door {
  target = '';
  readonly #server: Server = createServer((request, response) => {
    fetch(`${this.target}${request.url ?? ''}`)
      .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
      .catch(() => response.writeHead(502).end());
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function keysOf(origin: string) {
  const [log, witness] = [await generateSigningKey(), await generateSigningKey()];
  const { noteKey } = await import('@hetao/proofs');
  return {
    origin,
    env: envOf(origin, log.privateKey, witness.privateKey),
    peerEnv: {
      ATTESTATION_PEER_LOG_KEY: formatNoteKey(noteKey('log', origin, log.publicKey)),
      ATTESTATION_PEER_WITNESS_KEY: formatNoteKey(noteKey('witness', `${origin}/witness`, witness.publicKey)),
    },
  };
}

function envOf(origin: string, log: PrivateKeyJwk, witness: PrivateKeyJwk) {
  return {
    ATTESTATION_ORIGIN: origin,
    ATTESTATION_LOG_KEY: JSON.stringify(log),
    ATTESTATION_WITNESS_KEY: JSON.stringify(witness),
  };
}

async function node(env: Record<string, string>): Promise<RunningAttestation> {
  const app = await startAttestation(env);
  stops.push(() => app.stop());
  return app;
}

/** Two nodes that watch each other, Hong Kong through a door that can be turned. */
async function twoNodes() {
  const [sz, hk] = [await keysOf(SHENZHEN), await keysOf(HONG_KONG)];
  const [toShenzhen, toHongKong] = [new Door(), new Door()];
  stops.push(
    () => toShenzhen.close(),
    () => toHongKong.close(),
  );
  const watch = (url: string) => ({ ATTESTATION_PEER_URL: url, ATTESTATION_PEER_INTERVAL_MS: '50' });
  const [szUrl, hkUrl] = [await toShenzhen.open(), await toHongKong.open()];
  const shenzhen = await node({ ...sz.env, ...hk.peerEnv, ...watch(hkUrl) });
  const hongKong = await node({ ...hk.env, ...sz.peerEnv, ...watch(szUrl) });
  [toShenzhen.target, toHongKong.target] = [shenzhen.url, hongKong.url];
  return { sz, hk, shenzhen, hongKong, toHongKong };
}

async function append(app: RunningAttestation, ...texts: string[]): Promise<void> {
  const entries = texts.map((text) => new TextEncoder().encode(JSON.stringify({ kind: 'test', text })));
  await app.service.uow.run((tx) => app.service.app.get(LogRepository).enqueueBytes(tx, texts, entries));
  await app.service.app.get(SealLog).execute();
}

const alarmsOf = async (app: RunningAttestation) =>
  (await app.send(operator, 'GET', '/v1/attestation-witness/alarms')).body.data as unknown as readonly {
    id: string;
    origin: string;
    alarm: string;
    evidence: { seen: string; shown: string };
  }[];
/** The size of the other node's log that this node has signed for. */
const seenBy = async (app: RunningAttestation) =>
  Number((await app.text('/v1/attestation-witness/checkpoint')).split('\n')[1]);

describe('two nodes that check each other', () => {
  it('believe each other while both logs only grow, and sign what they saw', async () => {
    const { shenzhen, hongKong } = await twoNodes();
    await append(shenzhen, 'a', 'b', 'c');
    await append(hongKong, 'x');
    await eventually(async () => expect([await seenBy(hongKong), await seenBy(shenzhen)]).toEqual([3, 1]), WITHIN);
    await append(shenzhen, 'd');
    await append(hongKong, 'y', 'z');
    await eventually(async () => expect([await seenBy(hongKong), await seenBy(shenzhen)]).toEqual([4, 3]), WITHIN);
    expect([...(await alarmsOf(shenzhen)), ...(await alarmsOf(hongKong))]).toEqual([]);
  });

  it('give receipts that demand the other node’s signature', async () => {
    const { shenzhen, hongKong } = await twoNodes();
    const made = await fileFrom(await trustedKey(shenzhen), 'cross-border');
    const { body } = await shenzhen.send(issuer, 'POST', '/v1/attestations', made.registration);
    const path = `/v1/attestations/${body.id}/receipt?witnessed=true`;
    const trust = { logs: [shenzhen.logKey], witnesses: [hongKong.witnessKey], witnessesNeeded: 1 };
    await eventually(async () => {
      const receipt = (await shenzhen.send(issuer, 'GET', path)).body;
      expect(await openReceipt(receipt, trust)).toMatchObject({
        ok: true,
        value: { checkpoint: { origin: SHENZHEN } },
      });
    }, WITHIN);
    const plain = (await shenzhen.send(issuer, 'GET', path.replace('true', 'false'))).body;
    expect(await openReceipt(plain, trust)).toMatchObject({ ok: false, error: { code: 'witness_missing' } });
  });

  it('a log that forks is caught: the same key signs another history, and both notes are kept as evidence', async () => {
    const { hk, shenzhen, hongKong, toHongKong } = await twoNodes();
    await append(hongKong, 'x', 'y');
    await eventually(async () => expect(await seenBy(shenzhen)).toBe(2), WITHIN);
    const forked = await node(hk.env);
    await append(forked, 'x', 'another', 'z');
    toHongKong.target = forked.url;
    await eventually(
      async () => expect(await alarmsOf(shenzhen)).toMatchObject([{ origin: HONG_KONG, alarm: 'fork' }]),
      WITHIN,
    );
    const [alarm] = await alarmsOf(shenzhen);
    for (const note of [alarm?.evidence.seen, alarm?.evidence.shown]) {
      expect(await openCheckpoint(note ?? '', { logs: [hongKong.logKey] })).toMatchObject({ ok: true });
    }
    expect(parseNote(alarm?.evidence.seen ?? '')?.text).not.toBe(parseNote(alarm?.evidence.shown ?? '')?.text);
    // What was believed stays what it was, and the alarm is raised once.
    expect(await seenBy(shenzhen)).toBe(2);
    await append(forked, 'more');
    await append(shenzhen, 'goes on');
    await eventually(async () => expect(await seenBy(hongKong)).toBe(1), WITHIN);
    expect(await alarmsOf(shenzhen)).toHaveLength(1);
    const acknowledged = await shenzhen.send(
      operator,
      'POST',
      `/v1/attestation-witness/alarms/${alarm?.id ?? ''}/acknowledge`,
    );
    expect(acknowledged.status).toBe(200);
  });

  it('a log that was rolled back is caught', async () => {
    const { hk, shenzhen, hongKong, toHongKong } = await twoNodes();
    await append(hongKong, 'x', 'y');
    await eventually(async () => expect(await seenBy(shenzhen)).toBe(2), WITHIN);
    const restored = await node(hk.env);
    await append(restored, 'x');
    toHongKong.target = restored.url;
    await eventually(
      async () => expect(await alarmsOf(shenzhen)).toMatchObject([{ origin: HONG_KONG, alarm: 'rolled_back' }]),
      WITHIN,
    );
  });

  it('a log that shows the other node something else than its own users learns of it, and answers nothing as if it were sound', async () => {
    const { sz, hk, shenzhen } = await twoNodes();
    const made = await fileFrom(await trustedKey(shenzhen), 'split view');
    const { body } = await shenzhen.send(issuer, 'POST', '/v1/attestations', made.registration);
    const terms = {
      attestation_id: body.id,
      receiver_id: RECEIVER,
      purpose: 'kyc',
      valid_until: '2026-06-01T00:00:00Z',
    };
    const consent = (await shenzhen.send(holder, 'POST', '/v1/attestation-consents', terms)).body.id;
    // A second Hong Kong saw another Shenzhen, signed by the same key.
    const other = await node(sz.env);
    await append(other, 'other', 'history');
    const witness = await node({
      ...hk.env,
      ...sz.peerEnv,
      ATTESTATION_PEER_URL: other.url,
      ATTESTATION_PEER_INTERVAL_MS: '50',
    });
    await eventually(async () => expect(await seenBy(witness)).toBe(2), WITHIN);
    const shown = await witness.text('/v1/attestation-witness/checkpoint');
    const liar = new Door();
    stops.push(() => liar.close());
    const { WatchPeer } = await import('../src/node/watch-peer.use-cases.js');
    const { NodeKeys } = await import('../src/node/node.keys.js');
    const peer = shenzhen.service.app.get(NodeKeys).peer;
    if (peer === undefined) throw new Error('There is no peer.');
    liar.target = witness.url;
    const url = await liar.open();
    expect(shown).toContain(SHENZHEN);
    await shenzhen.service.app.get(WatchPeer).execute({ ...peer, url }, shenzhen.clock.now());
    expect(await alarmsOf(shenzhen)).toMatchObject([{ origin: SHENZHEN, alarm: 'fork' }]);
    const request = { consent_id: consent, purpose: 'kyc', commitment: made.commitment };
    const verified = await shenzhen.send(receiver, 'POST', '/v1/attestation-verifications', request);
    expect(verified.body.document.outcome).toBe('log_inconsistent');
  });

  it('a receipt of a history the log does not have is log_inconsistent', async () => {
    const { sz, shenzhen } = await twoNodes();
    const made = await fileFrom(await trustedKey(shenzhen), 'twice told');
    const { body } = await shenzhen.send(issuer, 'POST', '/v1/attestations', made.registration);
    const terms = {
      attestation_id: body.id,
      receiver_id: RECEIVER,
      purpose: 'kyc',
      valid_until: '2026-06-01T00:00:00Z',
    };
    const consent = (await shenzhen.send(holder, 'POST', '/v1/attestation-consents', terms)).body.id;
    const other = await node(sz.env);
    await append(other, 'first');
    const key = made.registration.signed.issuer_key;
    await other.send(issuer, 'POST', '/v1/attestation-issuer-keys', { public_key: key });
    await other.send(issuer, 'POST', '/v1/attestations', made.registration);
    const receipt = (await other.send(issuer, 'GET', `/v1/attestations/${body.id}/receipt`)).body;
    const request = { consent_id: consent, purpose: 'kyc', commitment: made.commitment, receipt };
    const verified = await shenzhen.send(receiver, 'POST', '/v1/attestation-verifications', request);
    expect(verified.body.document.outcome).toBe('log_inconsistent');
  });

  it('a node that is away, or answers nonsense without an end, is no proof of anything', async () => {
    const { shenzhen, toHongKong } = await twoNodes();
    toHongKong.target = 'http://127.0.0.1:1';
    await append(shenzhen, 'goes on');
    const { WatchPeer } = await import('../src/node/watch-peer.use-cases.js');
    const { NodeKeys } = await import('../src/node/node.keys.js');
    const peer = shenzhen.service.app.get(NodeKeys).peer;
    if (peer === undefined) throw new Error('There is no peer.');
    const look = shenzhen.service.app.get(WatchPeer).execute(peer, shenzhen.clock.now());
    await expect(look).rejects.toMatchObject({ problem: { code: 'PEER_UNREACHABLE' } });
    expect(await alarmsOf(shenzhen)).toEqual([]);
  });
});
