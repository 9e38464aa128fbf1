import { expect, it } from '@jest/globals';
import { describeWithKafka } from '@hetao/testing';
import { ensureBuilt } from '../../../build.mjs';
import { linesOf, runPlatformCampaign } from './campaign.js';

describeWithKafka('the whole exchange under fire', () => {
  // The long form is `npm run chaos -- platform --runs 200 --seed N`.
  it('trades, counts and keeps its promises, whatever is struck', async () => {
    await ensureBuilt();
    const runs: string[] = [];
    const failed: string[] = [];
    for await (const verdict of runPlatformCampaign({ runs: 1, seed: 7, say: () => undefined })) {
      runs.push(...linesOf(verdict).slice(0, 1));
      if (!verdict.checks.every(({ holds }) => holds)) failed.push(...linesOf(verdict));
    }
    expect(failed).toEqual([]);
    expect(runs).toHaveLength(1);
  }, 240_000);
});
