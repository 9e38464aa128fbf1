import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { settled } from '@hetao/testing';
import type { Role } from './reader.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LANGUAGES = ['zh-Hans', 'zh-Hant', 'en'] as const;
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** Where a parameter of a path finds a real object: the newest of a list that the reader sees. */
const OBJECTS: Readonly<Record<string, string>> = {
  participantId: '/v1/participants?limit=1',
  productId: '/v1/products?status=listed&limit=1',
  requestId: '/v1/access-requests?limit=1',
  agreementId: '/v1/agreements?limit=1',
  invoiceId: '/v1/invoices?limit=1',
  declarationId: '/v1/customs/declarations?limit=1',
  demandId: '/v1/demands?limit=1',
  listingId: '/v1/products?status=draft&limit=1',
  offerId: '/v1/offers?limit=1',
  payoutId: '/v1/payouts?limit=1',
  webhookId: '/v1/webhook-endpoints',
  sessionId: '/v1/sandbox/sessions?limit=1',
  outputId: '/v1/sandbox/outputs?limit=1',
  modelId: '/v1/sandbox/models?limit=1',
  runId: '/v1/sandbox/training-runs?limit=1',
};

interface Route {
  readonly path: string;
  readonly audience: 'public' | readonly Role[] | undefined;
}

/** Every page of the portal, as its own router knows them: a new screen is walked without a line here. */
export async function routesFor(page: Page, role: Role): Promise<readonly Route[]> {
  const all = await page.evaluate(() => {
    const { __TSR_ROUTER__: router } = globalThis as unknown as {
      __TSR_ROUTER__: {
        routesByPath: Record<string, { options: { staticData?: { audience?: 'public' | string[] } } }>;
      };
    };
    return Object.entries(router.routesByPath).map(([path, route]) => ({
      path,
      audience: route.options.staticData?.audience,
    }));
  });
  return (all as Route[]).filter(
    ({ audience }) => audience === undefined || audience === 'public' || audience.includes(role),
  );
}

/** The address of a page with real objects in it; undefined where the reader has none. */
export async function addressOf(page: Page, path: string): Promise<string | undefined> {
  let address = path;
  for (const [place, name = ''] of path.matchAll(/\$(\w+)/g)) {
    const list = OBJECTS[name];
    if (list === undefined) throw new Error(`test/support/walk.ts does not know where to find a ${name}.`);
    const id = await page.evaluate(async (url) => {
      const answer = (await (await fetch(url)).json()) as { data?: readonly { id: string }[] };
      return answer.data?.[0]?.id;
    }, list);
    if (id === undefined) return undefined;
    address = address.replace(place, id);
  }
  return address;
}

/** Goes to a page as a link does: without loading the portal anew. */
export async function visit(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    const { __TSR_ROUTER__: router } = globalThis as unknown as {
      __TSR_ROUTER__: { navigate(options: { href: string }): Promise<void> };
    };
    return router.navigate({ href: to });
  }, address);
  await settled(page);
}

/** What axe is asked for. Contrast is most of its time, and no language changes a colour. */
type Asked = 'everything' | 'all but contrast' | 'contrast';

async function violations(page: Page, asked: Asked): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (what) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations: found } = await axe.run(document, {
      runOnly:
        what === 'contrast'
          ? { type: 'rule', values: ['color-contrast'] }
          : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      ...(what === 'all but contrast' && { rules: { 'color-contrast': { enabled: false } } }),
      resultTypes: ['violations'],
    });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(' | ')}`);
  }, asked);
}

/**
 * A page in every language, light and dark, and as narrow as a phone; everything that is wrong with it. Languages and
 * colours are switched where the page stands: the first language is looked at whole in both lights, the others for
 * all that words can change, the phone for what is hidden or moved there.
 */
export async function faultsOf(page: Page, address: string): Promise<readonly string[]> {
  await visit(page, address);
  const faults: string[] = [];
  const note = async (how: string, asked: Asked) =>
    faults.push(...(await violations(page, asked)).map((one) => `${address} ${how}: ${one}`));
  // A page that broke says why; without the frame there is nothing to switch.
  if ((await page.locator('.languages').count()) === 0) return [`${address}: ${await page.innerText('body')}`];
  const headings = await page.locator('h1').count();
  if (headings !== 1) faults.push(`${address} has ${headings} h1`);
  const [first, ...others] = LANGUAGES;
  await speak(page, first);
  await note(`${first} light`, 'everything');
  await lightUp(page, 'dark');
  await note(`${first} dark`, 'contrast');
  await lightUp(page, 'light');
  for (const language of others) {
    await speak(page, language);
    await note(language, 'all but contrast');
  }
  await page.setViewportSize(PHONE);
  await note('phone', 'all but contrast');
  if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) {
    faults.push(`${address} is wider than a phone`);
  }
  await page.setViewportSize(DESK);
  return faults;
}

async function speak(page: Page, language: string): Promise<void> {
  await page.click(`.languages [lang="${language}"]`);
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
  await settled(page);
}

/** Light or dark, as the system of the reader says, once it is drawn. */
async function lightUp(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(
    () => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))),
  );
}
