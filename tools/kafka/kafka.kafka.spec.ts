import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithKafka, eventually } from '@hetao/testing';
import { kafkaAvailable, startKafka, type KafkaBroker } from './kafka.mjs';
import { proveBroker } from './wire.mjs';

const LONG_MS = 300_000;

const portOf = (broker: KafkaBroker): number => Number(broker.brokers[0]?.split(':')[1]);

/** A topic that was just made may not have its leader yet. */
const proven = (port: number): Promise<void> => eventually(() => proveBroker('127.0.0.1', port), { withinMs: 20_000 });

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}

describeWithKafka('tools/kafka', () => {
  it(
    'starts a broker that keeps what it was given, through a kill and a restart, and stops it',
    async () => {
      expect(await kafkaAvailable()).toBe(true);
      const broker = await startKafka();
      try {
        const port = portOf(broker);
        await proven(port);
        const first = broker.pid;
        await broker.kill();
        expect(isAlive(first)).toBe(false);
        await expect(proveBroker('127.0.0.1', port)).rejects.toThrow('ECONNREFUSED');
        await broker.restart();
        expect(broker.pid).not.toBe(first);
        expect(portOf(broker)).toBe(port);
        await proven(port);
      } finally {
        await broker.stop();
      }
      expect(isAlive(broker.pid)).toBe(false);
      // Its folder was temporary.
      await expect(readFile(broker.logFile)).rejects.toThrow('ENOENT');
    },
    LONG_MS,
  );

  it(
    'says why a broker did not start, with the end of its log',
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'hetao-kafka-spec-'));
      try {
        const settings = { 'log.retention.bytes': 'not a number' };
        await expect(startKafka({ dataDir, settings })).rejects.toThrow(/not a number/);
      } finally {
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    LONG_MS,
  );
});
