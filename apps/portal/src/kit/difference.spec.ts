import { expect, it } from '@jest/globals';
import { differencesOf } from './difference.js';

it('names every place where two versions differ, and no other', () => {
  const mine = { name: { en: 'Herbs', 'zh-Hans': '草药' }, tags: ['a', 'b'], price: '1.00', note: null };
  const theirs = { name: { en: 'Herbs', 'zh-Hans': '中草药' }, tags: ['a'], price: '1.00', extra: true };
  expect(differencesOf(mine, theirs)).toEqual([
    { path: 'name.zh-Hans', mine: '草药', theirs: '中草药' },
    { path: 'tags.1', mine: 'b', theirs: '' },
    { path: 'note', mine: 'null', theirs: '' },
    { path: 'extra', mine: '', theirs: 'true' },
  ]);
  expect(differencesOf(mine, mine)).toEqual([]);
});
