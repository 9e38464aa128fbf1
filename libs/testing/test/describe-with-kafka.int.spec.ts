import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A Jest run of its own over the fixture, on a machine that has no Java. */
async function runFixture(environment: Record<string, string>): Promise<{ code: number; output: string }> {
  const jest = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const child = spawn(process.execPath, [...jest, '--testRegex', 'needs-kafka\\.fixture\\.ts$', '--verbose'], {
    cwd: root,
    env: { PATH: process.env['PATH'], JAVA_HOME: '/nowhere', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const output = await text(child.stderr);
  return { code: await closed, output };
}

describe('describeWithKafka', () => {
  it('without a broker skips, and says so in one loud line', async () => {
    const { code, output } = await runFixture({});
    expect(code).toBe(0);
    expect(output.match(/!!! SKIPPED: everything that needs a Kafka broker\. Java 17/g)).toHaveLength(1);
    expect(output).toContain('Tests:       1 skipped, 1 total');
  });

  it('fails instead where a broker is required', async () => {
    const { code, output } = await runFixture({ REQUIRE_KAFKA: '1' });
    expect(code).toBe(1);
    expect(output).toContain('A Kafka broker is required: Java 17');
  });

  it('runs where brokers are given', async () => {
    const { code, output } = await runFixture({ KAFKA_BROKERS: '127.0.0.1:9092' });
    expect(code).toBe(0);
    expect(output).toContain('Tests:       1 passed, 1 total');
  });
});
