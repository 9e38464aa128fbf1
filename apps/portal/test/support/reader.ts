import type { Browser, Page } from 'playwright-core';

export type Role = 'buyer' | 'merchant' | 'operator' | 'auditor';
/** Everybody with an account; the officer is the operator's second pair of eyes. */
export type Person = Role | 'officer';

const ACCOUNTS: Readonly<Record<Person, string>> = {
  buyer: 'buyer@university.hetao.demo',
  merchant: 'merchant@lingnan.hetao.demo',
  operator: 'operator@hetao.demo',
  officer: 'customs@hetao.demo',
  auditor: 'auditor@hetao.demo',
};

/** A person before the portal, with everything their browser complained about. */
export interface Reader {
  readonly page: Page;
  /** Errors of the console, exceptions, and requests that left the exchange. */
  readonly faults: string[];
  /** Opens an address and waits until nothing is loading any more. */
  readonly open: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Nothing is being asked for, and nothing stands in for what was. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .skeleton') === null);
}

/** Somebody in a browser of their own; `who` is signed in with the password, as on the first day. */
export async function readerOf(browser: Browser, exchange: { readonly url: string }, who?: Person): Promise<Reader> {
  const context = await browser.newContext({
    locale: 'en',
    viewport: { width: 1280, height: 900 },
    // A colour that is on its way from light to dark is neither.
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  // A page on a loaded machine is late, not broken.
  page.setDefaultTimeout(60_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      faults.push(`${new URL(page.url()).pathname}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${String(error)}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(exchange.url)) {
      faults.push(`${page.url()} asked ${request.url()}`);
    }
  });
  if (who !== undefined) {
    await page.goto(`${exchange.url}/sign-in?return_to=/live`);
    await page.fill('#email', ACCOUNTS[who]);
    await page.fill('#password', 'demo');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${exchange.url}/live`);
  }
  return {
    page,
    faults,
    open: async (path) => {
      await page.goto(exchange.url + path);
      await settled(page);
    },
    close: () => context.close(),
  };
}

/** What somebody had before them when a story broke: without it, what a locator waited for says little. */
export async function lastSeen({ page, faults }: Reader): Promise<string> {
  const text = await page.innerText('body').catch(String);
  return [`On ${page.url()} they saw:`, text.slice(0, 2_000), ...faults].join('\n');
}
