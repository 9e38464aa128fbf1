import { describe, expect, it } from '@jest/globals';
import { banner, type BannerFacts } from './banner.js';
import { languageOf } from './banner.words.js';

const empty: BannerFacts = {
  language: 'en',
  version: '0.1.0',
  baseUrl: 'http://localhost:8090',
  dataDir: '.hetao/demo',
  logFile: '.hetao/demo/exchange.log',
  seconds: '9.4',
  password: 'demo',
};
const facts: BannerFacts = {
  ...empty,
  apiKey: 'hx_test_abc',
  counts: { merchants: 35, products: 53, agreements: 29, usageEvents: 8_518 },
};

describe('the banner', () => {
  it('says where everything is, who may come in, and what it holds', () => {
    const text = banner(facts);
    for (const said of [
      'Hetao data exchange  v0.1.0 · demo · data in .hetao/demo',
      'http://localhost:8090/v1 · docs http://localhost:8090/docs · OpenAPI http://localhost:8090/openapi.json',
      'http://localhost:8090/metrics',
      'Accounts (password: demo)',
      'merchant@lingnan.hetao.demo',
      'buyer@university.hetao.demo',
      'operator@hetao.demo',
      'auditor@hetao.demo',
      'npm run trade -- --url http://localhost:8090 ',
      'Ready in 9.4 s — 35 merchants, 53 products, 29 agreements, 8,518 usage events',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('has one line to paste, whole and quoted for every shell', () => {
    const [line] = /curl .*$/m.exec(banner(facts)) ?? [];
    expect(line).toBe('curl -s "http://localhost:8090/v1/products?limit=1" -H "authorization: Bearer hx_test_abc"');
  });

  it('leaves the address out of what has it by itself', () => {
    expect(banner({ ...facts, baseUrl: 'http://localhost:8080' })).toContain('npm run trade   (');
  });

  it.each(['en', 'zh-Hans', 'zh-Hant'] as const)('sets its columns for the width of the script in %s', (language) => {
    const widthOf = (text: string) =>
      [...text].reduce((sum, one) => sum + (/[\p{Script=Han}（）：]/u.test(one) ? 2 : 1), 0);
    const lines = banner({ ...facts, language }).split('\n');
    const urls = lines.filter((line) => /^ {2}\S+ +http/.test(line));
    const starts = urls.map((line) => widthOf(line.slice(0, line.indexOf('http'))));
    expect(urls.length).toBeGreaterThanOrEqual(3);
    expect(new Set(starts).size).toBe(1);
  });

  it('of an empty exchange names the set-up link and no accounts', () => {
    const text = banner({ ...empty, setupLink: 'http://localhost:8090/setup?token=abc' });
    expect(text).toContain('http://localhost:8090/setup?token=abc');
    expect(text).not.toMatch(/hetao\.demo|curl|password/);
    expect(text).toMatch(/Ready in 9\.4 s\n/);
  });
});

describe('the language of the terminal', () => {
  it.each([
    ['zh_HK.UTF-8', 'zh-Hant'],
    ['zh_TW', 'zh-Hant'],
    ['zh_CN.UTF-8', 'zh-Hans'],
    ['zh-Hant-HK', 'zh-Hant'],
    ['zh', 'zh-Hans'],
    ['en_GB.UTF-8', 'en'],
    ['zha', 'en'],
    ['C.UTF-8', 'en'],
    [undefined, 'en'],
  ])('%s is read as %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});
