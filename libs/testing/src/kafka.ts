import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startKafka as startBroker, type KafkaBroker, type KafkaOptions } from '../../../tools/kafka/kafka.mjs';
import { sharedResource } from './shared-resources.js';

const TOOL = new URL('../../../tools/kafka/kafka.mjs', import.meta.url).href;
const PROBE_WITHIN_MS = 60_000;

/**
 * Brokers to test against: those of KAFKA_BROKERS when it is set, else one that all workers of this Jest run share,
 * started when the first of them asks.
 */
export async function kafkaBrokers(): Promise<readonly string[]> {
  const configured = configuredBrokers();
  if (configured) return configured;
  return (await sharedResource<{ brokers: string[] }>('kafka')).brokers;
}

/** A broker of the spec's own, to stop, kill and restart. */
export function startKafka(options?: KafkaOptions): Promise<KafkaBroker> {
  // A benchmark's broker works for longer than it starts.
  return startBroker({ shortLived: process.env['HETAO_TEST_RESOURCES'] !== undefined, ...options });
}

/**
 * As `describe`, for specs that need a real broker. Where none can be had the specs are skipped with one loud line a
 * run; with REQUIRE_KAFKA=1 that is a failure instead.
 */
export function describeWithKafka(name: string, body: () => void): void {
  // Jest's globals, not its module: this library also serves programs that run without Jest.
  const { describe, it } = globalThis as unknown as JestGlobals;
  const why = whyNoKafka();
  if (why === undefined) {
    describe(name, body);
  } else if (process.env['REQUIRE_KAFKA'] === '1') {
    describe(name, () => {
      it('has a Kafka broker (REQUIRE_KAFKA=1)', () => {
        throw new Error(`A Kafka broker is required: ${why}`);
      });
    });
  } else {
    announceOnce(why);
    describe.skip(name, body);
  }
}

interface JestGlobals {
  readonly describe: { (name: string, body: () => void): void; skip(name: string, body: () => void): void };
  readonly it: (name: string, body: () => void) => void;
}

function configuredBrokers(): string[] | undefined {
  const brokers = process.env['KAFKA_BROKERS']?.split(',').filter((broker) => broker !== '');
  return brokers?.length ? brokers : undefined;
}

/** Specs are declared synchronously, so the tool is asked in a process of its own. */
function whyNoKafka(): string | undefined {
  if (configuredBrokers()) return undefined;
  const script = `import(${JSON.stringify(TOOL)}).then((kafka) => kafka.whyUnavailable()).then((why) => console.log(why ?? ''))`;
  const probe = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: PROBE_WITHIN_MS });
  if (probe.status !== 0) return `tools/kafka does not work here: ${probe.stderr.trim() || 'it gave no answer'}`;
  return probe.stdout.trim() || undefined;
}

/** Every worker and file would say it again; the first to create this file is the one that speaks. */
function announceOnce(why: string): void {
  try {
    writeFileSync(join(process.env['HETAO_TEST_FOLDER'] ?? '', 'kafka-announced'), '', { flag: 'wx' });
  } catch {
    return;
  }
  process.stderr.write(
    `\n!!! SKIPPED: everything that needs a Kafka broker. ${why} Set REQUIRE_KAFKA=1 to insist.\n\n`,
  );
}
