import type { Page } from 'playwright-core';

/** More stops than any page has. */
const MOST_STOPS = 150;

/** Presses Tab until this has the focus: a selector, or the words on a button or link. */
export async function tabOnto(
  page: Page,
  wanted: { readonly css: string } | { readonly words: string },
): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((sought) => {
      const { activeElement: at } = document;
      if ('css' in sought) return at?.matches(sought.css) === true;
      return at?.matches('a, button') === true && at.textContent.trim() === sought.words;
    }, wanted);
    if (there) return;
  }
  throw new Error(`${JSON.stringify(wanted)} cannot be reached with the Tab key on ${page.url()}.`);
}

/** Goes to the button or link of these words with the Tab key and presses Enter on it. */
export async function chooseByKeys(page: Page, words: string): Promise<void> {
  await tabOnto(page, { words });
  await page.keyboard.press('Enter');
}

/** Goes to a field with the Tab key and types. */
export async function typeInto(page: Page, css: string, text: string): Promise<void> {
  await tabOnto(page, { css });
  await page.keyboard.type(text);
}
