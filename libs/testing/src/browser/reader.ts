import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Whose password opens the portal. */
export interface Member {
  readonly email: string;
  readonly password: string;
}

/** A person before the portal, with everything their browser complained about. */
export interface Reader {
  readonly page: Page;
  /** Errors of the console, exceptions, and requests that left the exchange. */
  readonly faults: string[];
  /** Opens an address and waits until nothing is loading any more. */
  readonly open: (path: string) => Promise<void>;
}

/** Nothing is being asked for, and nothing stands in for what was. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.ant-skeleton, .skeleton') === null);
}

/** The button or link of these words. */
export async function press(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('link', { name, exact: true }))
    .first()
    .click();
  await settled(page);
}

/** The id an address ends with. */
export const idIn = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/**
 * Lets somebody read the portal in a browser of their own; a member is signed in with the password, as on the first day.
 *
 * @throws Error telling what they had before them, when the work fails, their browser complained of anything, or asked
 *   anybody outside
 */
export async function reading<T>(
  browser: Browser,
  url: string,
  member: Member | undefined,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    locale: 'en',
    viewport: { width: 1280, height: 900 },
    // A colour that is on its way from light to dark is neither.
    reducedMotion: 'reduce',
  });
  const reader = await readerIn(context, url);
  try {
    if (member !== undefined) await signIn(reader.page, url, member);
    const result = await work(reader);
    if (reader.faults.length > 0) throw new Error('Their browser complained.');
    return result;
  } catch (error) {
    throw new Error(`${String(error)}\n\n${await lastSeen(reader)}`, { cause: error });
  } finally {
    await context.close();
  }
}

async function readerIn(context: BrowserContext, url: string): Promise<Reader> {
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
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) {
      faults.push(`${page.url()} asked ${request.url()}`);
    }
  });
  const open = async (path: string) => {
    await page.goto(url + path);
    await settled(page);
  };
  return { page, faults, open };
}

async function signIn(page: Page, url: string, { email, password }: Member): Promise<void> {
  await page.goto(`${url}/sign-in?return_to=/live`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/live`);
}

/** What somebody had before them when a story broke: without it, what a locator waited for says little. */
async function lastSeen({ page, faults }: Reader): Promise<string> {
  const text = await page.innerText('body').catch(String);
  return [`On ${page.url()} they saw:`, text.slice(0, 2_000), ...faults].join('\n');
}
