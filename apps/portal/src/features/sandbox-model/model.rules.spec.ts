import { expect, it } from '@jest/globals';
import type { Model } from '@hetao/client';
import { factsOf, movesOnModel, numbersIn } from './model.rules.js';

const states = ['assessed', 'in_review', 'exported', 'served_only', 'destroyed'] as const satisfies Model['state'][];
const able = (state: Model['state'], persona: 'buyer' | 'merchant' | 'operator' | 'auditor') =>
  Object.entries(movesOnModel({ state }, [persona])).flatMap(([move, may]) => (may ? [move] : []));

it('who trained a model submits it, takes it home or asks it; who did not decides on it', () => {
  expect(states.map((state) => able(state, 'buyer'))).toEqual([['submit'], [], ['download', 'ask'], ['ask'], []]);
  expect(states.map((state) => able(state, 'merchant'))).toEqual([[], ['review'], [], [], []]);
  expect(able('in_review', 'operator')).toEqual(['review']);
  expect(states.flatMap((state) => able(state, 'auditor'))).toEqual([]);
});

it('a card is read as far as it goes', () => {
  const card = {
    quality: { accuracy: 0.912 },
    privacy: { epsilon: 3, delta: 1e-6, rounds: 60 },
    membership_inference: { auc: 0.503 },
    export: { allowed: true, because: 'It was trained with differential privacy.' },
  };
  expect(factsOf(card)).toEqual({
    ...{ accuracy: 0.912, epsilon: 3, delta: 1e-6, rounds: 60, membershipAuc: 0.503 },
    ...{ mayLeave: true, because: 'It was trained with differential privacy.' },
  });
  expect(factsOf({ privacy: null })).toMatchObject({ epsilon: null, accuracy: null, mayLeave: null, because: null });
});

it('a line of numbers is numbers, and nothing else', () => {
  expect(numbersIn(' 1, 2.5，-3e2 ')).toEqual([1, 2.5, -300]);
  for (const line of ['', ' , ', '1, two', '1 Infinity']) expect(numbersIn(line)).toBeNull();
});
