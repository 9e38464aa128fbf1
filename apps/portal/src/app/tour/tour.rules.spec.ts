import { expect, it } from '@jest/globals';
import { cardsFor } from './tour.rules.js';

it.each(['buyer', 'merchant', 'operator', 'auditor'] as const)(
  'the tour of a %s is short, begins at home, and goes from page to page',
  (persona) => {
    const cards = cardsFor([persona]);
    expect(cards.length).toBeGreaterThan(3);
    expect(cards.length).toBeLessThanOrEqual(5);
    expect(cards[0]?.page).toBe('/');
    expect(new Set(cards.map(({ page }) => page)).size).toBe(cards.length);
  },
);

it('who has several roles is shown the first, who has none is shown nothing', () => {
  expect(cardsFor(['merchant', 'buyer'])).toEqual(cardsFor(['merchant']));
  expect(cardsFor([])).toEqual([]);
});
