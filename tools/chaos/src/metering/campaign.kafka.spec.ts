import { expect, it } from '@jest/globals';
import { describeWithKafka } from '@hetao/testing';
import { runCampaign } from './campaign.js';

describeWithKafka('metering under fire', () => {
  // The long form is `npm run chaos -- metering --kills 200 --seed N`.
  it('counts every event once, whatever is killed', async () => {
    const said: string[] = [];
    const verdict = await runCampaign({
      kills: 4,
      seed: 7,
      services: 1,
      transport: 'kafka',
      say: (line) => said.push(line),
    });
    expect(verdict.lines.filter((line) => !line.startsWith('holds'))).toEqual([]);
    expect(verdict.holds).toBe(true);
    expect(verdict.figures).toMatchObject({ kills: 4, rejected: 0 });
  }, 180_000);
});
