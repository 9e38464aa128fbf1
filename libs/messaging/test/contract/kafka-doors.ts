import { describe, expect, it } from '@jest/globals';
import { eventually, freePort, testAuthority, type startKafka } from '@hetao/testing';
import { createKafkaTransport, type KafkaTransportOptions, type Logger } from '../../src/index.js';
import { coordinatorAway, type CoordinatorAway } from '../support/coordinator-away.js';
import type { ContractTransport } from '../support/stage.js';
import { withStage } from '../support/with-stage.js';

type BrokerOptions = NonNullable<Parameters<typeof startKafka>[0]>;

const WAIT = { withinMs: 60_000 };
const LONG_MS = 120_000;
const USER = { username: 'hetao', password: 'as-secret-as-a-test' };

/** Further ways to one broker: through somebody who keeps the coordinator from us, and by TLS with a password. */
export interface KafkaDoors {
  readonly options: BrokerOptions;
  readonly away: CoordinatorAway;
  readonly secure: string;
  readonly ca: string;
}

export async function kafkaDoors(): Promise<KafkaDoors> {
  const [watched, secure] = [await freePort(), await freePort()];
  const away = await coordinatorAway(watched);
  const authority = testAuthority('The authority of this test');
  const { certificate, key } = authority.issue('127.0.0.1');
  const inOneLine = (pem: string): string => pem.trim().replaceAll('\n', '\\n');
  const settings = {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': inOneLine(certificate),
    'ssl.keystore.key': inOneLine(key),
    'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'scram-sha-512.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
  };
  return {
    options: {
      listeners: {
        WATCHED: { protocol: 'PLAINTEXT', port: watched, advertisedPort: away.port },
        SECURE: { protocol: 'SASL_SSL', port: secure },
      },
      users: { [USER.username]: USER.password },
      settings: Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [`listener.name.secure.${name}`, value]),
      ),
    },
    away,
    secure: `127.0.0.1:${secure}`,
    ca: authority.certificate,
  };
}

export function doorsContract(plain: () => ContractTransport, doors: () => KafkaDoors): void {
  /** The world as it is behind one of the doors. */
  const behind =
    (door: Pick<KafkaTransportOptions, 'brokers' | 'ssl' | 'sasl' | 'logger'>) => (): ContractTransport => ({
      ...plain(),
      create: ({ topics, onCrash }) =>
        createKafkaTransport({
          ...{ ...door, clientId: 'contract', topics, onCrash, relay: { pollMs: 100 } },
          ...{ sessionTimeoutMs: 3_000, heartbeatIntervalMs: 500 },
        }),
    });

  it(
    'waits for a coordinator that its group has not got yet, says so, and goes on when it comes',
    () => {
      const { away } = doors();
      const said: string[] = [];
      const note = (_fields: object, message: string): void => void said.push(message);
      const logger: Logger = { debug: () => undefined, info: note, warn: note, error: note };
      return withStage(behind({ brokers: [`127.0.0.1:${away.port}`], logger }), async (stage) => {
        const consumer = await stage.consume();
        await eventually(() => expect(away.asked()).toBeGreaterThan(2), WAIT);
        const waiting = 'joining its group, which has no coordinator yet: ';
        expect(consumer.health()).toMatchObject({ ready: false, detail: expect.stringContaining(waiting) as unknown });
        expect(said).toContainEqual(expect.stringContaining(`The consumer starts over, ${waiting}`));
        expect(stage.crashes).toEqual([]);
        away.comes();
        await eventually(() => expect(consumer.health()).toMatchObject({ ready: true }), WAIT);
        await stage.publish('a', 1);
        await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
      });
    },
    LONG_MS,
  );

  describe('by TLS and with a password', () => {
    const sasl = { mechanism: 'scram-sha-512', ...USER } as const;

    it(
      'publishes and hears',
      () => {
        const { secure, ca } = doors();
        return withStage(behind({ brokers: [secure], ssl: { ca }, sasl }), async (stage) => {
          await stage.consume();
          await stage.publish('a', 1);
          await eventually(async () => expect(await stage.numbersOf('a')).toEqual([1]), WAIT);
        });
      },
      LONG_MS,
    );

    it.each([
      [
        'an authority that has not signed',
        () => ({ ssl: { ca: testAuthority('A stranger').certificate }, sasl }),
        /certificate/,
      ],
      ['the authorities that everybody knows', () => ({ ssl: true, sasl }), /certificate/],
      [
        'a wrong password',
        (ca: string) => ({ ssl: { ca }, sasl: { ...sasl, password: 'guessed' } }),
        /[Aa]uthentication/,
      ],
    ])('says at once that %s does not fit', (_what, settings, reason) => {
      const { secure, ca } = doors();
      return withStage(plain, async (stage) => {
        const transport = createKafkaTransport({ brokers: [secure], clientId: 'wrong', ...settings(ca) });
        await expect(transport.consume(stage.consumeOptions({ transport }))).rejects.toMatchObject({
          problem: { code: 'BROKER_REFUSED', detail: expect.stringMatching(reason) as unknown },
        });
        await transport.close();
      });
    });

    it('says within its bound that a plain door is none for it', () =>
      withStage(plain, async (stage) => {
        const { ca } = doors();
        const transport = createKafkaTransport({
          ...{ brokers: plain().brokers, clientId: 'plain', ssl: { ca }, sasl, connectWithinMs: 1_000 },
        });
        await expect(transport.consume(stage.consumeOptions({ transport }))).rejects.toMatchObject({
          problem: { code: 'BROKER_UNAVAILABLE', detail: expect.stringContaining('TLS') as unknown },
        });
        await transport.close();
      }));
  });
}
