import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { createInstance } from 'i18next';
import { words as english } from '../src/locales/en/index.js';
import { words as simplified } from '../src/locales/zh-Hans/index.js';
import { faults as simplifiedFaults, problems as simplifiedProblems } from '../src/locales/zh-Hans/problems/index.js';
import { words as traditional } from '../src/locales/zh-Hant/index.js';
import { faults as traditionalFaults, problems as traditionalProblems } from '../src/locales/zh-Hant/problems/index.js';

type Leaves = ReadonlyMap<string, string>;

function leavesOf(value: object, path = ''): [string, string][] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const key = path === '' ? name : `${path}.${name}`;
    return typeof inner === 'string' ? [[key, inner] as [string, string]] : leavesOf(inner as object, key);
  });
}

/** The words that come with their screens (`addWords`), not with the frame. */
async function further(language: 'en' | 'zh-Hans' | 'zh-Hant'): Promise<object> {
  const screens = ['alarms', 'close-check', 'declare', 'listing-file', 'listing-findings'];
  const words = screens.map((screen) => import(`../src/locales/${language}/${screen}.js`) as Promise<object>);
  return Object.assign({}, ...(await Promise.all(words))) as object;
}

const languages: Readonly<Record<string, Leaves>> = {
  en: new Map(leavesOf({ ...english, ...(await further('en')) })),
  'zh-Hans': new Map(leavesOf({ ...simplified, ...(await further('zh-Hans')) })),
  'zh-Hant': new Map(leavesOf({ ...traditional, ...(await further('zh-Hant')) })),
};
const inEnglish = languages['en'] as Leaves;

const placesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

function sources(): string {
  const folder = join(import.meta.dirname, '../src');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (file) => /\.tsx?$/.test(file.name) && !file.name.endsWith('.spec.ts') && !file.parentPath.includes('locales'),
    )
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
    .join('\n');
}

it('every language fills the same places and leaves nothing empty or in English', () => {
  for (const [language, leaves] of Object.entries(languages)) {
    for (const [key, text] of leaves) {
      expect([language, key, text.trim()]).not.toEqual([language, key, '']);
      const model = inEnglish.get(key) ?? '';
      // English counts one apart, and may leave the figure out there.
      if (!/_(one|other)$/.test(key)) expect([language, key, placesIn(text)]).toEqual([language, key, placesIn(model)]);
    }
  }
});

it('every word is found by its name: a law is one too, and has no sign in it that parts names', async () => {
  const i18n = createInstance();
  const resources = { en: { words: { ...english, ...(await further('en')) } } };
  await i18n.init({ lng: 'en', fallbackLng: false, ns: ['words'], defaultNS: 'words', resources });
  // A plural is found with its number.
  const missed = [...inEnglish.keys()].filter((key) => !/_(one|other)$/.test(key) && !i18n.exists(key));
  expect(missed).toEqual([]);
});

it('the two Chinese scripts are not mixed', () => {
  const simplifiedOnly = /[数据产务务办检录设权许访贸证签关开单时报总价条]/;
  const told = [...(languages['zh-Hant'] as Leaves), ...leavesOf(traditionalProblems), ...leavesOf(traditionalFaults)];
  expect(told.filter(([, text]) => simplifiedOnly.test(text))).toEqual([]);
});

it('what is refused is told in both scripts: what it is and how to mend it, without a call that programmes make', () => {
  expect(Object.keys(traditionalProblems)).toEqual(Object.keys(simplifiedProblems));
  expect(Object.keys(traditionalFaults)).toEqual(Object.keys(simplifiedFaults));
  const told = [simplifiedProblems, traditionalProblems, simplifiedFaults, traditionalFaults].flatMap((words) =>
    leavesOf(words),
  );
  for (const [key, text] of told) {
    expect([key, /\p{Script=Han}/u.test(text), text.includes('/v1/')]).toEqual([key, true, false]);
  }
});

it('every word is used somewhere', () => {
  const text = sources();
  // `status.${state}` and `catalog.value.kind_${kind}` use all that begin so.
  const beginnings = [...text.matchAll(/[`'"]([a-zA-Z_.]+[._])\$\{/g)].map((match) => match[1] ?? '');
  const unused = [...inEnglish.keys()].filter((key) => {
    const name = key.replace(/_(one|other)$/, '');
    return !text.includes(`'${name}'`) && !beginnings.some((beginning) => key.startsWith(beginning));
  });
  expect(unused).toEqual([]);
});
