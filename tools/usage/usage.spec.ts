import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  generateSigningKey,
  inclusionProof,
  merkleRoot,
  readProvenUsage,
  signUsageStatement,
  UsageTally,
  usageStatementFormat,
} from '@hetao/proofs';
import { main } from './main.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hetao-usage-'));
});
afterAll(() => rm(folder, { recursive: true }));

const log = Array.from({ length: 5 }, (_, at) => ({
  specversion: '1.0',
  id: `line-${at}`,
  source: '/gateway',
  type: 'hetao.usage.recorded',
  subject: 'agr_1',
  time: `2015-05-17T10:05:0${at}Z`,
  data: { meters: { calls: '1' } },
}));
const put = async (name: string, content: unknown) => {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const run = async (...args: readonly string[]) => {
  const lines: string[] = [];
  const code = await main(args, (line) => lines.push(line));
  return { code, text: lines.join('\n') };
};

async function files() {
  const { privateKey, publicKey } = await generateSigningKey();
  const tally = new UsageTally();
  const usages = log.map((event) => {
    const read = readProvenUsage(event);
    if (!read.ok) throw new Error(read.error.detail);
    tally.add(read.value);
    return read.value;
  });
  const leaves = tally.leaves();
  const signed = await signUsageStatement(
    {
      format: usageStatementFormat,
      statement_id: 'ust_1',
      agreement_id: 'agr_1',
      merchant_id: 'org_m',
      buyer_id: 'org_b',
      window_start: '2015-05-17T10:00:00.000Z',
      window_end: '2015-05-17T11:00:00.000Z',
      events: leaves.length,
      root_hash: merkleRoot(leaves),
      totals: tally.totals(),
      supersedes: null,
      signed_at: '2015-05-17T11:05:00.000Z',
      key_id: 'key-1',
    },
    privateKey,
  );
  const event = { ...usages[0], type: 'hetao.usage.recorded' };
  return {
    keys: await put('keys.json', { keys: [{ ...publicKey, kid: 'key-1' }] }),
    statement: await put('statement.json', signed),
    events: await put('events.ndjson', `${log.map((one) => JSON.stringify(one)).join('\n')}\n\n`),
    proof: await put('proof.json', {
      format: 'hetao-usage-proof-v1',
      signed,
      event,
      leaf_index: 0,
      path: inclusionProof(leaves, 0),
    }),
    signed,
  };
}

describe('the offline verifier', () => {
  it('agrees with a true statement, and says what it counts', async () => {
    const { keys, statement, events, proof } = await files();
    const answer = await run('verify', statement, events, '--key', keys);
    expect(answer.code).toBe(0);
    expect(answer.text).toContain('agrees: 5 events of agr_1');
    expect(answer.text).toContain('calls 5 in 5 events');
    expect(await run('verify-event', proof, '--key', keys)).toMatchObject({ code: 0 });
  });

  it('refuses a log that differs, a statement that was changed, and a key that is not the exchange’s', async () => {
    const { keys, statement, signed } = await files();
    const changed = await put(
      'changed.ndjson',
      log
        .slice(1)
        .map((one) => JSON.stringify(one))
        .join('\n'),
    );
    expect(await run('verify', statement, changed, '--key', keys)).toMatchObject({
      code: 1,
      text: expect.stringContaining('count_differs'),
    });
    const { events } = await files();
    const forged = await put('forged.json', { ...signed, statement: { ...signed.statement, events: 4 } });
    expect(await run('verify', forged, events, '--key', keys)).toMatchObject({
      code: 1,
      text: expect.stringContaining('signature_invalid'),
    });
    expect(await run('verify-event', forged, '--key', keys)).toMatchObject({ code: 1 });
  });

  it.each([
    [[]],
    [['verify']],
    [['verify', 'absent.json', 'absent.ndjson']],
    [['verify', 'absent.json', 'absent.ndjson', '--key', 'absent.json']],
    [['verify', 'a', '--key', 'b', '--other']],
  ])('says what it needs when called as %j', async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, text: expect.stringMatching(/./) });
  });

  it('names the line that is no JSON', async () => {
    const { keys, statement } = await files();
    const broken = await put('broken.ndjson', `${JSON.stringify(log[0])}\n{"id":`);
    expect(await run('verify', statement, broken, '--key', keys)).toMatchObject({
      code: 2,
      text: expect.stringContaining('line 2'),
    });
  });
});
