import { expect } from '@jest/globals';
import { ProductListedV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import pg from 'pg';
import { ExchangeApi } from '../../../../tools/exchange/api.js';
import type { Door } from './door-story.js';
import type { HostedExchange } from './hosted-exchange.js';

interface Letter {
  readonly id: string;
  readonly service: string;
  readonly state: string;
  readonly error: string;
  readonly attempts: number;
  readonly event: { readonly type: string; readonly key: string };
  readonly data?: unknown;
}
interface SystemStanding {
  readonly services: readonly {
    readonly service: string;
    readonly standing: {
      readonly ready: boolean;
      readonly messages: { readonly dead_letters: number | null };
      readonly jobs: readonly { readonly name: string; readonly fault: string | null }[];
    } | null;
  }[];
}
interface LetterPage {
  readonly data: readonly Letter[];
  readonly next_cursor: string | null;
  readonly unheard: readonly string[];
}

const HANDLERS = { contracts: 'contracts.directory_products', gateway: 'gateway.delivery_products' } as const;
const NAME = { en: 'Notes of Dr Chan', 'zh-Hans': '陈医生的笔记', 'zh-Hant': '陳醫生的筆記' };
/** The tool makes one request of two with equal words (Idempotency-Key): each of these is meant anew. */
let said = 0;
const because = () => ({ reason: `the fault in the handler is mended (${(said += 1)})` });
const WAIT = { withinMs: 60_000 };

/**
 * One event that two services cannot handle is set aside by both; operators see both, have one replayed after the fault is
 * mended, which takes effect once, and discard the other one by two people's word. The audit knows it all.
 */
export async function deadLetterStory(exchange: HostedExchange, door: Door): Promise<void> {
  const operator = new ExchangeApi({ baseUrl: door.url, apiKey: door.operatorKey });
  const second = new ExchangeApi({ baseUrl: door.url, apiKey: door.customsKey });
  const auditor = new ExchangeApi({ baseUrl: door.url, apiKey: door.auditorKey });
  const mend = await breakHandlers(exchange.databaseUrl);
  const productId = newId('prd');
  await exchange.hosted.services.get('catalog')?.uow.run(async (tx) => {
    const listing = { productId, merchantId: newId('par'), name: NAME, kind: 'api', version: 1 } as const;
    return Promise.resolve(tx.append(ProductListedV1, { ...listing, listedAt: new Date().toISOString() }));
  });

  const found = await eventually(async () => {
    const page = await operator.get<LetterPage>('/v1/dead-letters?state=parked&topic=hetao.catalog.product');
    expect(page.data.map(({ service }) => service).sort()).toEqual(['contracts', 'gateway']);
    expect(page.unheard).toEqual([]);
    return page.data;
  }, WAIT);
  for (const letter of found) {
    expect(letter).toMatchObject({ attempts: 6, event: { type: ProductListedV1.type, key: productId } });
    expect(letter.error).toContain('a fault of the handler');
  }
  await pagesAreOneList(auditor, found);
  await systemCountsThem(auditor);
  const [ofContracts, ofGateway] = ['contracts', 'gateway'].map((name) => found.find((one) => one.service === name));
  const address = (letter: Letter | undefined) => `/v1/dead-letters/${letter?.id}`;
  const { data } = await auditor.get<Letter>(address(ofContracts));
  expect(data).toMatchObject({ productId, name: { en: '•••', 'zh-Hant': '•••' } });
  await expect(auditor.post(`${address(ofContracts)}/replay`, because())).rejects.toMatchObject({ status: 403 });

  await operator.post(`${address(ofContracts)}/replay`, because());
  await eventually(async () => {
    const again = await operator.get<Letter>(address(ofContracts));
    expect([again.state, again.attempts]).toEqual(['parked', 7]);
  }, WAIT);
  const effects = await mend();
  for (let times = 0; times < 3; times += 1) await operator.post(`${address(ofContracts)}/replay`, because());
  await eventually(async () => {
    expect((await operator.get<Letter>(address(ofContracts))).state).toBe('replayed');
  }, WAIT);
  await operator.post(`${address(ofContracts)}/replay`, because());
  expect(await effects()).toEqual([productId]);

  const discard = (who: ExchangeApi) => who.post<Letter>(`${address(ofGateway)}/discard`, because());
  expect(await discard(operator)).toMatchObject({ state: 'discard_proposed' });
  expect(await discard(operator)).toMatchObject({ state: 'discard_proposed' });
  expect(await discard(second)).toMatchObject({ state: 'discarded' });
  await expect(operator.post(`${address(ofGateway)}/replay`, because())).rejects.toMatchObject({ status: 409 });

  const noted = await auditor.get<{ data: { action: string }[] }>(`/v1/audit-entries?object=${ofGateway?.id}`);
  expect(noted.data.map(({ action }) => action)).toEqual([
    'dead_letter.discarded',
    'dead_letter.discard_proposed',
    'dead_letter.discard_proposed',
  ]);
}

async function pagesAreOneList(reader: ExchangeApi, found: readonly Letter[]): Promise<void> {
  const first = await reader.get<LetterPage>('/v1/dead-letters?limit=1');
  const second = await reader.get<LetterPage>(`/v1/dead-letters?limit=1&cursor=${first.next_cursor}`);
  expect([first, second].flatMap(({ data }) => data.map(({ id }) => id))).toEqual(found.map(({ id }) => id));
  expect(second.next_cursor).toBeNull();
  const own = await reader.get<LetterPage>('/v1/dead-letters?service=gateway');
  expect(own.data.map(({ service }) => service)).toEqual(['gateway']);
}

/**
 * Has the database refuse what the handlers of two services write, as a rule that nobody thought of would.
 *
 * @returns what mends it, and then tells the product of each row that came into the directory of contracts.
 */
async function breakHandlers(ownerUrl: string): Promise<() => Promise<() => Promise<string[]>>> {
  const asOwner = async (...statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      let rows: { id: string }[] = [];
      for (const sql of statements) rows = (await client.query<{ id: string }>(sql)).rows;
      return rows.map(({ id }) => id);
    } finally {
      await client.end();
    }
  };
  const fault = (schema: string, body: string) =>
    `CREATE OR REPLACE FUNCTION ${schema}.fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
     $$ BEGIN ${body} RETURN NEW; END $$`;
  for (const [schema, table] of Object.entries(HANDLERS)) {
    await asOwner(
      fault(schema, `RAISE EXCEPTION 'a fault of the handler';`),
      `CREATE TRIGGER fault BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION ${schema}.fault()`,
    );
  }
  return async () => {
    await asOwner(
      'CREATE TABLE contracts.effects (id text)',
      fault('contracts', 'INSERT INTO contracts.effects VALUES (NEW.id);'),
      `DROP TRIGGER fault ON ${HANDLERS.gateway}`,
    );
    return () => asOwner('SELECT id FROM contracts.effects');
  };
}

/** Every service answers for itself how it stands; those two have one event set aside each, and no job fails. */
async function systemCountsThem(auditor: ExchangeApi): Promise<void> {
  const { services } = await auditor.get<SystemStanding>('/v1/system');
  expect(services.map(({ service }) => service)).toEqual(
    expect.arrayContaining([...Object.keys(HANDLERS), 'metering']),
  );
  for (const { service, standing } of services) {
    expect({ service, standing }).toMatchObject({ service, standing: { ready: true } });
    expect(standing?.messages.dead_letters).toBe(service in HANDLERS ? 1 : 0);
    expect(standing?.jobs.filter(({ fault }) => fault !== null)).toEqual([]);
  }
}
