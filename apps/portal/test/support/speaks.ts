import { settled, type Reader } from '@hetao/testing';

/** Changes the language of the page as a reader does, by its button in the head. */
export async function speaks({ page }: Pick<Reader, 'page'>, language: 'en' | 'zh-Hans' | 'zh-Hant'): Promise<void> {
  await page.click(`.languages [lang="${language}"]`);
  await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
  await settled(page);
}
