import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgreementAwaitsReleaseV1, ProductDescribedV1, ReceivedEvent } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { eventually } from '@hetao/testing';
import { PrefillSubscriber } from '../src/prefill/prefill.subscriber.js';
import { startCustoms, type RunningCustoms } from './running-customs.js';

let customs: RunningCustoms;
beforeAll(async () => {
  customs = await startCustoms();
});
afterAll(() => customs.stop());

const at = '2026-11-22T00:00:00.000Z';
const text = { en: 'TCM records', 'zh-Hans': '中医记录', 'zh-Hant': '中醫記錄' };

/** An agreement and its product, as each is learnt in a transaction of its own. */
function heardOf() {
  const [agreementId, productId, merchantId] = [newId('agr'), newId('prd'), newId('org')];
  const subscriber = customs.service.app.get(PrefillSubscriber, { strict: false });
  const agreement = {
    ...{ agreementId, productId, merchantId, buyerId: newId('org'), origin: 'CN', destination: 'HK' },
    ...{ purpose: 'research', documentHash: 'ab'.repeat(32), signedAt: at },
    ...{ effectiveFrom: '2026-11-22T16:00:00.000Z', effectiveUntil: '2027-11-22T16:00:00.000Z' },
  } as AgreementAwaitsReleaseV1;
  const product = {
    ...{ productId, merchantId, version: 1, name: text, kind: 'api', storedIn: 'CN', subjectsIn: ['CN'] },
    ...{ fields: [], describedAt: at },
  } as ProductDescribedV1;
  return {
    agreementId,
    agreement: (tx: Tx) =>
      subscriber.onAwaitsRelease({ data: agreement } as ReceivedEvent<AgreementAwaitsReleaseV1>, tx),
    product: (tx: Tx) => subscriber.onDescribed({ data: product } as ReceivedEvent<ProductDescribedV1>, tx),
  };
}

const rows = (sql: string, params: readonly string[] = []) =>
  customs.service.database.withClient(async (client) => (await client.query(sql, [...params])).rowCount);

describe('An agreement and its product, heard of at the same moment', () => {
  it.each([
    ['agreement', 'product'],
    ['product', 'agreement'],
  ] as const)('open the declaration: the %s is learnt and not committed yet when the %s comes', async (one, other) => {
    const heard = heardOf();
    const uow = customs.service.app.get(UnitOfWork, { strict: false });
    const [learnt, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = uow.run(async (tx) => {
      await heard[one](tx);
      learnt.resolve();
      await mayEnd.promise;
    });
    await learnt.promise;
    let isOver = false;
    const second = uow.run((tx) => heard[other](tx)).finally(() => (isOver = true));
    // The second waits for the first; were it to go ahead without seeing it, nobody would open the declaration.
    await eventually(async () => {
      const waiting = await rows(
        `SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted`,
      );
      expect(isOver || waiting === 1).toBe(true);
    });
    mayEnd.resolve();
    await Promise.all([first, second]);
    expect(await rows(`SELECT FROM declarations WHERE form->>'agreementId' = $1`, [heard.agreementId])).toBe(1);
  });
});
