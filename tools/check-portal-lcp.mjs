// When the largest thing of a page is seen (LCP), with a processor four times slower and 10 Mbit/s at 40 ms: the budget
// of the reference. Asks an exchange that runs, as `npm start` opens it; whatever else runs beside it is in the figure.
//   node tools/check-portal-lcp.mjs [http://localhost:8080]
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const BUDGET_MS = 2_500;
const CPU_SLOWDOWN = 4;
const BYTES_PER_S = 10_000_000 / 8;
const LATENCY_MS = 40;
/** The middle of three: a page that is late once is not a slow page. */
const RUNS = 3;
/** How long a page may still get something larger after it is quiet. */
const QUIET_MS = 500;

const url = process.argv[2] ?? 'http://localhost:8080';
const buyer = { email: 'buyer@university.hetao.demo', password: 'demo' };
const executablePath = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const cookies = await signedIn();
const results = [
  ['/sign-in', await lcpOf('/sign-in', [])],
  ['/customs/check', await lcpOf('/customs/check', [])],
  ['/catalog', await lcpOf('/catalog', cookies)],
];
await browser.close();
for (const [path, ms] of results) console.log(`${String(Math.round(ms)).padStart(6)} ms of ${BUDGET_MS}  ${path}`);
process.exit(results.some(([, ms]) => ms > BUDGET_MS) ? 1 : 0);

async function signedIn() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?return_to=/live`);
  await page.fill('#email', buyer.email);
  await page.fill('#password', buyer.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/live`);
  const kept = await context.cookies();
  await context.close();
  return kept;
}

async function lcpOf(path, session) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await oneLcp(path, session));
  return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

/** A first visit: nothing is in the browser's cache. */
async function oneLcp(path, session) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addCookies(session);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', {
    ...{ offline: false, latency: LATENCY_MS, downloadThroughput: BYTES_PER_S, uploadThroughput: BYTES_PER_S },
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  await page.addInitScript(() => {
    new globalThis.PerformanceObserver((list) => {
      globalThis.largestAt = list.getEntries().at(-1).startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(url + path);
  await page.waitForSelector('h1');
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .skeleton') === null);
  await page.waitForTimeout(QUIET_MS);
  const largestAt = await page.evaluate(() => globalThis.largestAt);
  await context.close();
  return largestAt;
}
