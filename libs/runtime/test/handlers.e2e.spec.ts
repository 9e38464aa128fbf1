import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Inject, Module, Post, Injectable } from '@nestjs/common';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { z } from 'zod';
import { defineEvent, defineTopic, type ReceivedEvent } from '@hetao/events';
import { createEmbeddedTransport, deadLetters } from '@hetao/messaging';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { emptyDatabase, eventually, testCallerKeys } from '@hetao/testing';
import {
  defineService,
  Handles,
  HandlesBatch,
  hostServices,
  Public,
  SERVICE_CONFIG,
  type HostedServices,
} from '../src/index.js';
import { send } from './notes-client.js';

interface Ping {
  readonly number: number;
}

const pingTopic = defineTopic({ name: 'hetao.pinger.ping', partitions: 1 });
const pingEvent = (type: string) =>
  defineEvent<Ping>({ type, topic: pingTopic, key: () => 'all', schema: z.object({ number: z.number() }) });
const PingedV1 = pingEvent('hetao.pinger.pinged.v1');
const PangedV1 = pingEvent('hetao.pinger.panged.v1');

class CreateSeen1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE seen (id serial PRIMARY KEY, by text NOT NULL, number integer NOT NULL)');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forward.'));
  }
}

const note = (tx: Tx, by: string, number: number) =>
  tx.execute('INSERT INTO seen (by, number) VALUES ($1, $2)', [by, number]);

@Controller('v1/pings')
class PingController {
  readonly #uow: UnitOfWork;
  constructor(uow: UnitOfWork) {
    this.#uow = uow;
  }

  @Post()
  @Public()
  async sendPings(): Promise<void> {
    await this.#uow.run(async (tx) => {
      for (let number = 0; number < 20; number += 1) {
        tx.append(PingedV1, { number });
        tx.append(PangedV1, { number });
      }
      return Promise.resolve();
    });
  }
}

@Controller()
class FirstSubscriber {
  @Handles(PingedV1)
  async onPing(event: ReceivedEvent<Ping>, tx: Tx): Promise<void> {
    await note(tx, 'first', event.data.number);
  }
  @HandlesBatch(PangedV1)
  async onPangs(events: readonly ReceivedEvent<Ping>[], tx: Tx): Promise<void> {
    for (const event of events) await note(tx, `batch from ${event.source}`, event.data.number);
  }
}

@Injectable()
class Poison {
  constructor(@Inject(SERVICE_CONFIG) readonly config: { readonly POISON: string }) {}
}

@Controller()
class SecondSubscriber {
  readonly #poison: Poison;
  constructor(poison: Poison) {
    this.#poison = poison;
  }

  @Handles(PingedV1)
  async onPingToo(event: ReceivedEvent<Ping>, tx: Tx): Promise<void> {
    await note(tx, 'second', event.data.number);
    if (String(event.data.number) === this.#poison.config.POISON) {
      throw new RangeError(`Number ${event.data.number} cannot be borne.`);
    }
  }
}

@Module({ controllers: [PingController] })
class PingerModule {}

@Module({ controllers: [FirstSubscriber, SecondSubscriber], providers: [Poison] })
class SeerModule {}

const pinger = defineService({
  name: 'pinger',
  module: PingerModule,
  config: z.object({}),
  entities: [],
  migrations: [],
});
const seer = defineService({
  name: 'seer',
  module: SeerModule,
  config: z.object({ POISON: z.string().default('none'), PINGER_URL: z.url() }),
  entities: [],
  migrations: [CreateSeen1763900000001],
});

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function host(definitions: Parameters<typeof hostServices>[0], poison = 'none'): Promise<HostedServices> {
  const database = await emptyDatabase();
  const transport = createEmbeddedTransport({});
  const { publicKeys } = await testCallerKeys();
  running.push(() => transport.close(), database.drop);
  const hosted = await hostServices(definitions, {
    transport,
    callerKeys: publicKeys,
    databaseUrl: () => database.url,
    env: (name, urls) => (name === 'seer' ? { POISON: poison, PINGER_URL: urls['pinger'] } : {}),
    logLevel: 'silent',
  });
  running.unshift(() => hosted.stop());
  return hosted;
}

async function seen(hosted: HostedServices, by: string): Promise<number[]> {
  const database = hosted.services.get('seer')?.database;
  const rows = await database?.withClient(async (client) => {
    const result = await client.query<{ number: number }>('SELECT number FROM seen WHERE by = $1 ORDER BY id', [by]);
    return result.rows;
  });
  return rows?.map((row) => row.number) ?? [];
}

const numbers = Array.from({ length: 20 }, (_value, index) => index);

describe('Services of one process', () => {
  it('hear each other from the first event on, in order, singly and in batches', async () => {
    const hosted = await host([pinger, seer]);
    expect(Object.keys(hosted.urls)).toEqual(['pinger', 'seer']);
    for (const url of Object.values(hosted.urls)) expect((await send(url, 'GET', '/readyz')).status).toBe(200);
    await send(String(hosted.urls['pinger']), 'POST', '/v1/pings');
    await eventually(async () => {
      expect(await seen(hosted, 'first')).toEqual(numbers);
      expect(await seen(hosted, 'second')).toEqual(numbers);
      expect(await seen(hosted, 'batch from hetao/pinger')).toEqual(numbers);
    });
  });

  it('park what a handler cannot bear, with its own words, keep nothing of it, and go on', async () => {
    const hosted = await host([pinger, seer], '7');
    await send(String(hosted.urls['pinger']), 'POST', '/v1/pings');
    const others = numbers.filter((number) => number !== 7);
    await eventually(
      async () => {
        expect(await seen(hosted, 'first')).toEqual(others);
        expect(await seen(hosted, 'second')).toEqual(others);
      },
      { withinMs: 20_000 },
    );
    const service = hosted.services.get('seer');
    if (service === undefined) throw new Error('The seer is not hosted.');
    const parked = await deadLetters(service.database).list();
    expect(parked.map((letter) => [letter.type, letter.error])).toEqual([
      [PingedV1.type, expect.stringContaining('Number 7 cannot be borne.')],
    ]);
    const { text } = await send(service.url, 'GET', '/metrics');
    expect(text).toMatch(/hetao_dead_letters{service="seer"} 1/);
    expect(text).toMatch(/hetao_events_handled_total{[^}]*pinged[^}]*outcome="failed"/);
  });

  it('are stopped again when one of them cannot start', async () => {
    await expect(host([pinger, { ...seer, config: seer.config.extend({ MISSING: z.string() }) }])).rejects.toThrow(
      'MISSING: is required and not set',
    );
    // Nothing of the first attempt holds the database: a second one can serve it.
    await expect(host([pinger, seer])).resolves.toBeDefined();
  });
});

describe('A service that handles one event both singly and in batches', () => {
  @Controller()
  class TornSubscriber {
    @Handles(PangedV1)
    async onPang(): Promise<void> {
      // Never called.
    }
  }
  @Module({ controllers: [FirstSubscriber, TornSubscriber] })
  class TornModule {}

  it('does not start', async () => {
    const torn = defineService({ ...seer, module: TornModule });
    await expect(host([pinger, torn])).rejects.toThrow('is handled both singly and in batches');
  });
});
