// When the largest thing of a page is seen (LCP), with a processor four times slower and 10 Mbit/s at 40 ms: the budget
// of the reference, for the pages where people come in. Asks an exchange that runs, as `npm start` opens it. Whatever
// else runs beside it is in the figure, so the load of the machine is printed with it.
//   node tools/check-portal-lcp.mjs [http://localhost:8080]
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
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
const PEOPLE = {
  buyer: 'buyer@university.hetao.demo',
  merchant: 'merchant@lingnan.hetao.demo',
  operator: 'operator@hetao.demo',
  auditor: 'auditor@hetao.demo',
};
const executablePath = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const results = [];
for (const path of ['/', '/sign-in', '/customs/check']) results.push(await measured('nobody', path, []));
for (const [role, email] of Object.entries(PEOPLE)) {
  const cookies = await signedIn(email);
  results.push(await measured(role, '/', cookies));
  if (role === 'buyer') results.push(await measured(role, '/catalog', cookies));
}
await browser.close();
for (const { reader, path, lcp, first, text } of results) {
  const figures = `${String(lcp).padStart(6)} ms of ${BUDGET_MS}, first words ${String(first).padStart(5)} ms`;
  console.log(`${figures}  ${reader} ${path}  “${text}”`);
}
console.log(`load ${loadavg()[0].toFixed(1)} on ${cpus().length} processors`);
process.exit(results.some(({ lcp }) => lcp > BUDGET_MS) ? 1 : 0);

async function signedIn(email) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in?return_to=/live`);
  await page.fill('#email', email);
  await page.fill('#password', 'demo');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/live`);
  const kept = await context.cookies();
  await context.close();
  return kept;
}

/** Of the middle visit: how late its largest thing was, and its first words; and what the largest thing says. */
async function measured(reader, path, cookies) {
  const visits = [];
  for (let run = 0; run < RUNS; run += 1) visits.push(await visit(path, cookies));
  visits.sort((one, other) => one.lcp - other.lcp);
  return { reader, path, ...visits[Math.floor(RUNS / 2)] };
}

/** A first visit: nothing is in the browser's cache. */
async function visit(path, session) {
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
      globalThis.largest = list.getEntries().at(-1);
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(url + path);
  await page.waitForSelector('h1');
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .skeleton') === null);
  await page.waitForTimeout(QUIET_MS);
  const seen = await page.evaluate(() => ({
    lcp: Math.round(globalThis.largest.startTime),
    first: Math.round(globalThis.performance.getEntriesByName('first-contentful-paint')[0].startTime),
    text: (globalThis.largest.element?.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 40),
  }));
  await context.close();
  return seen;
}
