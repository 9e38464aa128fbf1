import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { html } from './html.js';
import { pickLanguage } from './language.js';

describe('html', () => {
  it('escapes text and attributes, keeps markup, drops nothing-values', () => {
    const name = `<script>alert("1")</script>'&\``;
    expect(
      html`<p title="${name}">${name}${html`<b>${1n}</b>`}${[html`<i></i>`, 'x']}${false}${null}${undefined}</p>`.text,
    ).toBe(
      '<p title="&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#39;&#38;&#96;">' +
        '&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62;&#39;&#38;&#96;<b>1</b><i></i>x</p>',
    );
  });

  it('lets no text open a tag or end an attribute', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"'`]/);
      }),
    );
  });
});

describe('pickLanguage', () => {
  const none = { asked: undefined, remembered: undefined, accepted: undefined };

  it.each([
    ['en', {}],
    ['zh-Hans', { asked: 'zh-hans', remembered: 'en' }],
    ['zh-Hant', { asked: 'fr', remembered: 'zh-Hant', accepted: 'en' }],
    ['zh-Hant', { accepted: 'zh-HK,zh;q=0.9,en;q=0.8' }],
    ['zh-Hant', { accepted: 'zh-TW' }],
    ['zh-Hans', { accepted: 'zh-CN,zh;q=0.9' }],
    ['zh-Hans', { accepted: 'zh' }],
    ['zh-Hans', { accepted: 'zh-Hans-HK' }],
    ['zh-Hant', { accepted: 'yue' }],
    ['en', { accepted: 'fr, en-GB;q=0.7, zh;q=0.3' }],
    ['zh-Hans', { accepted: 'en;q=0.1, zh-SG' }],
    ['zh-Hans', { accepted: 'en;q=0, zh' }],
    ['en', { accepted: 'fr;q=x,;;,' }],
  ])('is %s', (language, hints) => {
    expect(pickLanguage({ ...none, ...hints })).toBe(language);
  });
});
