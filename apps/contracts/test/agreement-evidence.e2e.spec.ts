import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  documentHash,
  proveKey,
  signAgreementDocument,
  verifyAgreementBundle,
  type AgreementBundle,
  type SigningPrivateJwk,
} from '@hetao/proofs';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, forge, type TestCaller } from '@hetao/testing';
import { extractText, getDocumentProxy } from 'unpdf';
import { SweepDeadlines } from '../src/sweep/sweep.use-cases.js';
import { keyRing, newSigningKey } from './key-ring.js';
import { auditor, openMarket, operator, type Market } from './market.js';
import { startContracts, type Answer, type RunningContracts } from './running-contracts.js';

let contracts: RunningContracts;
let ring: ReturnType<typeof keyRing>;
let market: Market;
let merchantKey: SigningPrivateJwk;
let buyerKey: SigningPrivateJwk;
beforeAll(async () => {
  contracts = await startContracts();
  ring = keyRing(contracts);
});
afterAll(() => contracts.stop());
beforeEach(async () => {
  market = await openMarket(contracts, 'CN');
  [merchantKey, buyerKey] = [await newSigningKey('Ed25519'), await newSigningKey('ES256')];
});

const said = (answer: Answer) => [answer.status, answer.body.code ?? answer.body.status];
const bundleOf = async (id: string, as: TestCaller = auditor) =>
  (await contracts.send(as, 'GET', `/v1/agreements/${id}/bundle`)).body as unknown as AgreementBundle;
const signedBoth = async (offerChange?: object): Promise<string> => {
  const { id } = await market.drafted(offerChange);
  await ring.registered(market.merchant, merchantKey);
  await ring.registered(market.buyer, buyerKey);
  await ring.send(market.merchant, id, await ring.signature(id, merchantKey));
  await ring.send(market.buyer, id, await ring.signature(id, buyerKey));
  return id;
};
const print = async (id: string, as: TestCaller = market.buyer) => {
  const url = `${contracts.service.url}/v1/agreements/${id}/pdf`;
  const answer = await fetch(url, { headers: { [CALLER_HEADER]: await callerToken(as) } });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    file: new Uint8Array(await answer.arrayBuffer()),
  };
};

describe('the document', () => {
  it('says terms, policy in ODRL, plan, parties, product with the hash of its fields, release and prevailing language', async () => {
    const { id, hash } = await market.drafted();
    const { document } = (await market.agreement(id)).body;
    expect(document).toMatchObject({
      type: 'hetao.agreement.v3',
      agreement_id: id,
      product: { id: market.productId, version: 3, schema_hash: documentHash([]) },
      policy: {
        permission: [{ action: 'use' }],
        prohibition: [{ action: 'odrl:distribute' }, { action: 'odrl:transfer' }],
        obligation: [{ action: 'odrl:delete' }],
      },
      plan: { currency: 'CNY' },
      parties: { merchant: { id: market.merchantId }, buyer: { id: market.buyerId } },
      release: { origin: 'CN', destination: 'HK' },
      languages: { prevailing: 'zh-Hans', printed: ['en', 'zh-Hans', 'zh-Hant'] },
    });
    expect(documentHash(document)).toBe(hash);
  });
});

describe('signing with a key', () => {
  it('is a consent that proves itself, for keys of both kinds, and what it proves verifies offline', async () => {
    const { id } = await market.drafted();
    await ring.registered(market.merchant, merchantKey);
    await ring.registered(market.buyer, buyerKey);
    const first = await ring.send(market.merchant, id, await ring.signature(id, merchantKey));
    expect(first.body).toMatchObject({ agreement_id: id, party: 'merchant', status: 'awaiting_signatures' });
    const second = await ring.send(market.buyer, id, await ring.signature(id, buyerKey));
    expect(second.body).toMatchObject({ party: 'buyer', status: 'concluded' });
    expect((await market.agreement(id)).body.signatures.map(({ party }) => party)).toEqual(['merchant', 'buyer']);
    expect((await contracts.published(id)).map(({ type }) => type)).toContain('hetao.contracts.agreement-concluded.v1');

    const bundle = await bundleOf(id, market.buyer);
    expect(await verifyAgreementBundle(JSON.parse(JSON.stringify(bundle)) as AgreementBundle)).toMatchObject({
      ok: true,
      value: { agreementId: id, parties: [{ organisationId: market.merchantId }, { organisationId: market.buyerId }] },
    });
    expect(bundle.keys.map(({ algorithm }) => algorithm).sort()).toEqual(['ES256', 'Ed25519']);
    expect(await bundleOf(id, market.merchant)).toEqual(bundle);
  });

  it('twice is one signature, also raced, and with another key', async () => {
    const { id } = await market.drafted();
    await ring.registered(market.buyer, buyerKey);
    const other = await newSigningKey();
    await ring.registered(market.buyer, other);
    const jws = await ring.signature(id, buyerKey);
    const answers = await Promise.all([1, 2, 3].map(() => ring.send(market.buyer, id, jws)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const again = await ring.send(market.buyer, id, await ring.signature(id, other));
    expect(again.body).toEqual(answers[0]?.body);
    expect((await bundleOf(id)).signatures).toHaveLength(1);
  });

  it('adds the proof to a consent that was given before', async () => {
    const { id } = await market.signed();
    expect(await verifyAgreementBundle(await bundleOf(id))).toMatchObject({
      error: { code: 'AGREEMENT_SIGNATURE_MISSING' },
    });
    expect((await verifyAgreementBundle(await bundleOf(id), { records: true })).ok).toBe(true);
    await ring.registered(market.buyer, buyerKey);
    expect((await ring.send(market.buyer, id, await ring.signature(id, buyerKey))).status).toBe(200);
    const mixed = await verifyAgreementBundle(await bundleOf(id), { records: true });
    expect(mixed.ok && mixed.value.parties.map(({ kid }) => kid === null)).toEqual([true, false]);
  });

  it('is refused, each with its own code, and nothing is signed', async () => {
    const { id } = await market.drafted();
    const { id: other } = await market.drafted({ quota: null });
    const keyId = await ring.registered(market.buyer, buyerKey);
    await ring.registered(market.merchant, merchantKey);
    const good = await ring.signature(id, buyerKey);
    const [head = '', , signature = ''] = good.split('.');
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object;
    const under = (change: object) =>
      `${Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url')}..${signature}`;
    const send = async (jws: string, as = market.buyer) => said(await ring.send(as, id, jws));

    expect(await send(await ring.signature(other, buyerKey))).toEqual([422, 'SIGNATURE_REPLAYED']);
    expect(await send(await ring.signature(id, buyerKey, { purpose: 'resale' }))).toEqual([422, 'SIGNATURE_REPLAYED']);
    expect(await send(await ring.signature(id, await newSigningKey()))).toEqual([422, 'SIGNATURE_KEY_UNKNOWN']);
    expect(await send(await ring.signature(id, merchantKey))).toEqual([422, 'SIGNATURE_KEY_UNKNOWN']);
    expect(await send(good, market.merchant)).toEqual([422, 'SIGNATURE_KEY_UNKNOWN']);
    expect(await send(under({ alg: 'none' }))).toEqual([422, 'SIGNATURE_ALGORITHM_REFUSED']);
    expect(await send(under({ alg: 'HS256' }))).toEqual([422, 'SIGNATURE_ALGORITHM_REFUSED']);
    expect(await send(under({ alg: 'Ed25519' }))).toEqual([422, 'SIGNATURE_ALGORITHM_REFUSED']);
    expect(await send(under({ extra: true }))).toEqual([422, 'SIGNATURE_FORGED']);
    expect(await send(`${head}.e30.${signature}`)).toEqual([422, 'SIGNATURE_MALFORMED']);
    contracts.clock.advance({ minutes: 6 });
    expect(await send(good)).toEqual([422, 'SIGNATURE_STALE']);
    await ring.revoke(market.buyer, keyId);
    expect(await send(await ring.signature(id, buyerKey))).toEqual([422, 'SIGNATURE_KEY_REVOKED']);
    expect((await market.agreement(id)).body.signatures).toEqual([]);
    expect((await bundleOf(id)).signatures).toEqual([]);
  });

  it('needs a key in force: not one unproven, unconfirmed or expired', async () => {
    const { id } = await market.drafted();
    await ring.propose(market.buyer, buyerKey);
    expect(said(await ring.send(market.buyer, id, await ring.signature(id, buyerKey)))).toEqual([
      422,
      'SIGNATURE_KEY_UNKNOWN',
    ]);
    const short = await newSigningKey();
    const { body } = await ring.propose(market.buyer, short, { valid_until: '2026-03-20T00:00:00Z' });
    await ring.prove(
      market.buyer,
      body.id,
      await proveKey((body as unknown as { challenge: string }).challenge, short),
    );
    await ring.confirm(operator, body.id);
    const before = contracts.clock.now();
    contracts.clock.set('2026-03-20T00:00:00Z');
    expect(said(await ring.send(market.buyer, id, await ring.signature(id, short)))).toEqual([
      422,
      'SIGNATURE_KEY_NOT_IN_FORCE',
    ]);
    contracts.clock.set(before.toISOString());
  });

  it('stands when its key is revoked later, and cannot be rewritten', async () => {
    const id = await signedBoth();
    contracts.clock.advance({ minutes: 1 });
    const { body } = await contracts.send(market.buyer, 'GET', '/v1/signing-keys');
    await ring.revoke(market.buyer, body.data[0]?.id ?? '');
    const bundle = await bundleOf(id);
    expect(bundle.keys.some(({ revoked_at }) => revoked_at !== null)).toBe(true);
    expect((await verifyAgreementBundle(bundle)).ok).toBe(true);
    const rewrite = contracts.service.database.withClient((client) =>
      client.query('DELETE FROM agreement_key_signatures WHERE agreement_id = $1', [id]),
    );
    await expect(rewrite).rejects.toThrow('never edited');
  });

  it('is for the parties alone, as bundle and print are', async () => {
    const id = await signedBoth();
    const rival = await openMarket(contracts);
    for (const outsider of [rival.merchant, rival.buyer]) {
      expect(said(await ring.send(outsider, id, 'x'))).toEqual([404, 'AGREEMENT_UNKNOWN']);
      expect(said(await contracts.send(outsider, 'GET', `/v1/agreements/${id}/bundle`))).toEqual([
        404,
        'AGREEMENT_UNKNOWN',
      ]);
      expect((await print(id, outsider)).status).toBe(404);
      const dryRun = await contracts.send(outsider, 'POST', `/v1/agreements/${id}/dry-run`, { json: { use: {} } });
      expect(said(dryRun)).toEqual([404, 'AGREEMENT_UNKNOWN']);
    }
    expect((await ring.send(operator, id, 'x')).status).toBe(403);
  });
});

describe('the print', () => {
  it('says the same in three languages, the prevailing one first and named in each', async () => {
    const id = await signedBoth();
    const { status, type, file } = await print(id);
    expect([status, type]).toEqual([200, 'application/pdf']);
    const pdf = await getDocumentProxy(file.slice());
    const { text } = await extractText(pdf, { mergePages: true });
    await pdf.loadingTask.destroy();
    const compact = text.replaceAll(/\s/g, '');
    const places = ['数据许可协议·简体中文', 'Datalicenceagreement·English', '數據許可協議·繁體中文（香港）'].map(
      (title) => compact.indexOf(title),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect(Math.min(...places)).toBe(places[0]);
    for (const sentence of [
      '以本语言文本为准。',
      'theversionin简体中文prevails.',
      '以简体中文文本為準。',
      '买方不得向第三方再提供数据。',
      'Thebuyermustdeletethedatawithin30daysofreceivingit.',
      '買方須在收到數據後30天內刪除數據。',
      '数据由中国内地传输至香港',
      'signedwithkey',
    ]) {
      expect(compact).toContain(sentence);
    }
    const { document_hash: hash } = (await market.agreement(id)).body;
    expect(compact).toContain(hash);
    expect((await print(id, auditor)).file).toEqual(file);
  });
});

describe('a document of an older form', () => {
  it('is still printed, tried and verified', async () => {
    const { id } = await market.drafted();
    const old = await asOldForm(id);
    expect((await print(old, operator)).status).toBe(200);
    const dryRun = await contracts.send(operator, 'POST', `/v1/agreements/${old}/dry-run`, {
      json: { use: { purpose: 'research', place: 'HK' } },
    });
    expect(dryRun.body).toMatchObject({ permitted: true });
    const bundle = await bundleOf(old, operator);
    const jws = await signAgreementDocument(bundle.document, buyerKey, contracts.clock.now());
    expect(jws.split('..')).toHaveLength(2);
    expect(await verifyAgreementBundle(bundle)).toMatchObject({ error: { code: 'AGREEMENT_SIGNATURE_MISSING' } });
  });
});

describe('a renewal', () => {
  it('is proven by what both signed before, however often it was renewed', async () => {
    contracts.clock.set('2026-03-01T00:00:00Z');
    market = await openMarket(contracts);
    const term = { from: '2026-03-01T00:00:00+08:00', until: '2026-04-01T00:00:00+08:00' };
    const id = await signedBoth({ term, notice_days: 7, renewal: { months: 1, times: 2 } });
    const sweep = contracts.service.app.get(SweepDeadlines, { strict: false });
    const successor = async (of: string, at: string) => {
      contracts.clock.set(at);
      await sweep.execute();
      return String((await market.agreement(of)).body.successor_id);
    };
    const second = await successor(id, '2026-03-24T16:00:00Z');
    await successor(id, '2026-03-31T16:00:00Z');
    const third = await successor(second, '2026-04-23T16:00:00Z');
    const bundle = await bundleOf(third, market.buyer);
    expect(bundle).toMatchObject({ signatures: [], previous: { signatures: [], previous: { previous: null } } });
    expect(await verifyAgreementBundle(bundle)).toMatchObject({
      ok: true,
      value: { agreementId: third, parties: [{ party: 'merchant' }, { party: 'buyer' }] },
    });
    contracts.clock.set('2026-03-01T00:00:00Z');
  });
});

describe('a dry run of an agreed policy', () => {
  it('answers clause by clause', async () => {
    const { id } = await market.signed();
    const ask = async (use: object) =>
      (await contracts.send(market.buyer, 'POST', `/v1/agreements/${id}/dry-run`, { json: { use } })).body;
    expect(await ask({ purpose: 'research', place: 'HK' })).toMatchObject({
      permitted: true,
      duties: [{ action: 'delete', state: 'pending' }],
    });
    expect(await ask({ action: 'distribute', purpose: 'research', place: 'HK' })).toMatchObject({ permitted: false });
    const late = { purpose: 'research', place: 'HK', received_at: '2026-01-01T00:00:00Z' };
    expect(await ask(late)).toMatchObject({
      permitted: false,
      duties: [{ state: 'missed', due: '2026-01-31T00:00:00.000Z' }],
    });
  });
});

/** Puts an agreement of 2025 into the database, as it was written then. */
async function asOldForm(id: string): Promise<string> {
  const { body } = await contracts.send(operator, 'GET', `/v1/agreements/${id}`);
  const later = ['schema_hash', 'time_zone', 'notice_days', 'renewal', 'supersedes', 'languages'];
  const then = (value: object) => Object.fromEntries(Object.entries(value).filter(([name]) => !later.includes(name)));
  const oldId = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
  const document = {
    ...then(body.document),
    ...{ type: 'hetao.agreement.v1', agreement_id: oldId, policy: body.policy, release: null },
    product: then(body.document['product'] as object),
  };
  await forge(contracts.service.database, async (client) => {
    const columns = (
      await client.query<{ name: string }>(
        `SELECT column_name AS name FROM information_schema.columns
        WHERE table_name = 'agreements' AND table_schema = current_schema()`,
      )
    ).rows.map(({ name }) => name);
    const own: Record<string, string> = { id: '$2', document: '$3::jsonb', document_hash: '$4', request_id: '$2' };
    const values = columns.map((name) => own[name] ?? name);
    const params = [id, oldId, JSON.stringify(document), documentHash(document)];
    await client.query(
      `INSERT INTO agreements (${columns.join(', ')}) SELECT ${values.join(', ')} FROM agreements WHERE id = $1`,
      params,
    );
  });
  return oldId;
}
