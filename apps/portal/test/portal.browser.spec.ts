import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeWithBrowser, reading } from '@hetao/testing';
import { auditorStories } from './stories/auditor.js';
import { badInputStories } from './stories/bad-input.js';
import { buyerStories } from './stories/buyer.js';
import { deadLetterStories } from './stories/dead-letters.js';
import { frameStories } from './stories/frame.js';
import { heartbeatStories } from './stories/heartbeat.js';
import { merchantStories } from './stories/merchant.js';
import { operatorStories } from './stories/operator.js';
import { screenshotStories } from './stories/screenshots.js';
import { sandboxStories } from './stories/sandbox.js';
import { startDemoExchange, type DemoExchange } from './support/demo-exchange.js';
import { memberOf } from './support/reader.js';
import { addressOf, faultsOf, routesFor } from './support/walk.js';
import { STORY_MS, type World } from './support/world.js';

const ROLES = ['buyer', 'merchant', 'operator', 'auditor'] as const;

/** Pages of single things that the demo world has none of; every other page is walked, or the walk fails. */
const NOTHING_TO_SHOW = ['/sandbox/outputs/$outputId', '/sandbox/sessions/$sessionId'];

/** One exchange and one browser for all of the portal: opening either takes longer than most stories. */
describeWithBrowser('The portal in a browser', (launch) => {
  let browser: Browser;
  let exchange: DemoExchange;
  beforeAll(async () => {
    [exchange, browser] = await Promise.all([startDemoExchange(), launch()]);
  }, STORY_MS);
  afterAll(async () => {
    await browser.close();
    await exchange.stop();
  });

  const world: World = {
    url: () => exchange.url,
    databaseUrl: () => exchange.databaseUrl,
    as: (who, work) => reading(browser, exchange.url, who && memberOf(who), work),
  };

  it(
    'every page, in three languages, light and dark: no fault, nothing outside, nothing axe minds, no wider than a phone',
    async () => {
      // Who comes first to a page walks it for all: it is drawn by the same code for the others.
      const walked = new Set<string>();
      const seen = new Set<string>();
      const walks = ROLES.map((role) =>
        world.as(role, async (reader) => {
          await reader.open('/');
          const found: string[] = [];
          for (const { path } of await routesFor(reader.page, role)) {
            const once = path === '/' ? `${role} home` : path;
            seen.add(once);
            if (walked.has(once)) continue;
            const address = await addressOf(reader.page, path);
            // Somebody else may have come to it meanwhile.
            if (address === undefined || walked.has(once)) continue;
            walked.add(once);
            found.push(...(await faultsOf(reader.page, address)));
          }
          return found;
        }),
      );
      expect((await Promise.all(walks)).flat()).toEqual([]);
      expect([...seen].filter((page) => !walked.has(page)).sort()).toEqual(NOTHING_TO_SHOW);
    },
    STORY_MS,
  );

  frameStories(world);
  buyerStories(world);
  heartbeatStories(world);
  badInputStories(world);
  merchantStories(world);
  operatorStories(world);
  deadLetterStories(world);
  auditorStories(world);
  screenshotStories(world);
  sandboxStories(world);
});
