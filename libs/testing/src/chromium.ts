import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this machine; undefined where there is none. */
function executable(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/**
 * As `describe`, for specs that need a real browser. Without one they are skipped with one loud line; with
 * REQUIRE_BROWSER=1 that is a failure instead.
 */
export function describeWithBrowser(name: string, body: (launch: () => Promise<Browser>) => void): void {
  // Jest's globals, since the module's are bound to the importing spec.
  const { describe, it } = globalThis as unknown as {
    describe: { (name: string, body: () => void): void; skip(name: string, body: () => void): void };
    it: (name: string, body: () => void) => void;
  };
  const executablePath = executable();
  const launch = async () => {
    // Loaded by those specs alone that open one: it is large.
    const { chromium } = await import('playwright-core');
    return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu'] });
  };
  if (executablePath !== undefined) {
    describe(name, () => body(launch));
  } else if (process.env['REQUIRE_BROWSER'] === '1') {
    it(`${name} has a browser (REQUIRE_BROWSER=1)`, () => {
      throw new Error('No Chromium is on the PATH: apt-get install chromium');
    });
  } else {
    process.stderr.write(`\n!!! SKIPPED: ${name}. No Chromium is on the PATH; set REQUIRE_BROWSER=1 to insist.\n\n`);
    describe.skip(name, () => body(launch));
  }
}
