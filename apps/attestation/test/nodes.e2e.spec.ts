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
import { LogAlarmRaisedV1 } from '@hetao/events';
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
const peerOf = async (app: RunningAttestation) =>
  (JSON.parse(await app.text('/v1/attestation-witness/peers')) as { data: Record<string, unknown>[] }).data[0];
/** What was told to whoever listens. */
async function toldOf(app: RunningAttestation): Promise<LogAlarmRaisedV1[]> {
  const { rows } = await app.service.database.withClient((client) =>
    client.query<{ data: unknown }>('SELECT data FROM outbox WHERE type = $1', [LogAlarmRaisedV1.type]),
  );
  return rows.map((row) => LogAlarmRaisedV1.parse(row.data));
}
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

  it('show anybody how far they have seen each other', async () => {
    const { shenzhen, hongKong, toHongKong } = await twoNodes();
    await append(shenzhen, 'a', 'b', 'c');
    await append(hongKong, 'x');
    await eventually(async () => {
      expect(await peerOf(shenzhen)).toMatchObject({
        origin: HONG_KONG,
        state: 'following',
        last_checkpoint: { size: 1 },
        lag_seconds: 0,
        own_size: 3,
        witnessed_size: 3,
        unwitnessed_leaves: 0,
        open_alarms: 0,
      });
    }, WITHIN);
    toHongKong.target = 'http://127.0.0.1:1';
    shenzhen.clock.advance({ minutes: 5 });
    await append(shenzhen, 'd');
    await eventually(async () => expect((await peerOf(shenzhen))?.['state']).toBe('unreachable'), WITHIN);
    const peer = await peerOf(shenzhen);
    expect(peer).toMatchObject({ lag_seconds: 300, unwitnessed_leaves: 1, failure: expect.stringContaining('502') });
    const metrics = await shenzhen.text('/metrics');
    for (const reading of ['log_size', 'log_unsealed', 'log_alarms', 'peer_lag_seconds', 'log_unwitnessed'])
      expect(metrics).toMatch(new RegExp(`^hetao_attestation_${reading}\\{.*\\} \\d`, 'm'));
    expect(metrics).toMatch(/hetao_attestation_log_size\{.*\} 4/);
    expect(metrics).toMatch(/hetao_attestation_peer_lag_seconds\{.*\} 300/);
    expect(metrics).toMatch(/hetao_attestation_seal_latency_seconds_count\{.*\} [1-9]/);
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
    // It was told once, and stays: not even the database forgets or rewords it.
    const told = { alarmId: alarm?.id, origin: HONG_KONG, alarm: 'fork', ...alarm?.evidence };
    expect(await toldOf(shenzhen)).toMatchObject([told]);
    for (const sql of ['DELETE FROM node_alarms', 'TRUNCATE node_alarms', "UPDATE node_alarms SET detail = 'none'"])
      await expect(shenzhen.service.database.withClient((client) => client.query(sql))).rejects.toThrow('refused');
    expect(await alarmsOf(shenzhen)).toHaveLength(1);
  });

  it('an alarm is on the peers’ page until somebody has explained it', async () => {
    const { hk, shenzhen, hongKong, toHongKong } = await twoNodes();
    await append(hongKong, 'x');
    await eventually(async () => expect(await seenBy(shenzhen)).toBe(1), WITHIN);
    const forked = await node(hk.env);
    await append(forked, 'another');
    toHongKong.target = forked.url;
    await eventually(async () => expect((await peerOf(shenzhen))?.['state']).toBe('alarm'), WITHIN);
    toHongKong.target = hongKong.url;
    const { WatchPeer } = await import('../src/node/watch-peer.use-cases.js');
    const { NodeKeys } = await import('../src/node/node.keys.js');
    const peer = shenzhen.service.app.get(NodeKeys).peer;
    if (peer === undefined) throw new Error('There is no peer.');
    const report = await shenzhen.service.app.get(WatchPeer).execute(peer, shenzhen.clock.now());
    expect(report.peer).toBe('unchanged');
    expect(await peerOf(shenzhen)).toMatchObject({ state: 'alarm', open_alarms: 1 });
  });

  it('nonsense that no table could hold is an alarm like any other', async () => {
    const { shenzhen, hongKong, toHongKong } = await twoNodes();
    await append(hongKong, 'x');
    await eventually(async () => expect(await seenBy(shenzhen)).toBe(1), WITHIN);
    const server = createServer((_request, response) => response.end(`\0${'n'.repeat(60_000)}\0`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => void server.close());
    toHongKong.target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await eventually(
      async () => expect((await alarmsOf(shenzhen)).map(({ alarm }) => alarm)).toContain('checkpoint_untrusted'),
      WITHIN,
    );
    expect((await toldOf(shenzhen)).length).toBeGreaterThan(0);
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

  it('a log that was itself rolled back learns of it from the other node, and signs no more until that is explained', async () => {
    const { sz, hk, shenzhen, hongKong } = await twoNodes();
    await append(shenzhen, 'a', 'b', 'c');
    await eventually(async () => expect(await seenBy(hongKong)).toBe(3), WITHIN);
    const peer = { ...hk.peerEnv, ATTESTATION_PEER_URL: hongKong.url, ATTESTATION_PEER_INTERVAL_MS: '50' };
    const restored = await node({ ...sz.env, ...peer });
    await eventually(
      async () => expect(await alarmsOf(restored)).toMatchObject([{ origin: SHENZHEN, alarm: 'rolled_back' }]),
      WITHIN,
    );
    await append(restored, 'another history');
    expect(await restored.text('/v1/attestation-log/checkpoint')).toContain(`${SHENZHEN}\n0\n`);
    const metrics = await restored.text('/metrics');
    expect(metrics).toMatch(/hetao_attestation_log_unsealed\{.*\} 1/);
    expect(metrics).toMatch(/hetao_attestation_log_alarms\{.*\} 1/);
    const [alarm] = await alarmsOf(restored);
    await restored.send(operator, 'POST', `/v1/attestation-witness/alarms/${alarm?.id ?? ''}/acknowledge`);
    await restored.service.app.get(SealLog).execute();
    expect(await restored.text('/v1/attestation-log/checkpoint')).toContain(`${SHENZHEN}\n1\n`);
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
