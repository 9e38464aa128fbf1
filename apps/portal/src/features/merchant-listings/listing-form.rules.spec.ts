import { describe, expect, it } from '@jest/globals';
import {
  completeness,
  formSteps,
  isEmpty,
  pointerOf,
  revisionOf,
  steps,
  valueAt,
  type Content,
} from './listing-form.rules.js';
import { wizardSteps } from './wizard-steps.js';

const text = (en: string) => ({ en, 'zh-Hans': en, 'zh-Hant': en });
const content = {
  name: text('Herbs'),
  description: text('Prices of herbs'),
  kind: 'api',
  languages: ['en'],
  stored_in: 'CN',
  subjects_in: [],
  fields: [{ name: 'price', meaning: 'What it costs', unit: null }],
  card: null,
} as unknown as Content;

describe('a save', () => {
  it('of what was not changed sends nothing', () => {
    expect(revisionOf(content, structuredClone(content))).toBeUndefined();
  });

  it('sends the part that changed, and text that was emptied as none', () => {
    const after = { ...content, fields: [{ ...content.fields[0], unit: ' ', meaning: 'Price' }] } as Content;
    expect(revisionOf(content, after)).toEqual({ fields: [{ name: 'price', meaning: 'Price', unit: null }] });
  });

  it('sends of the card the sections that changed; one of which nothing is said is none', () => {
    const card = { summary: text('Short'), coverage: { from: '', areas: [] }, keywords: [] };
    const after = { ...content, card } as unknown as Content;
    expect(revisionOf(content, after)).toEqual({ card: { summary: text('Short'), keywords: [] } });
  });

  it('takes a section away that was emptied', () => {
    const before = { ...content, card: { refresh: { every: 'P1D' } } } as unknown as Content;
    const after = { ...content, card: { refresh: { every: '' } } } as unknown as Content;
    expect(revisionOf(before, after)).toEqual({ card: { refresh: null } });
  });
});

describe('completeness', () => {
  it('names the first thing that is missing, in the order of the wizard', () => {
    const { share, next } = completeness(content);
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(1);
    expect(next?.step).toBe('basics');
    expect(next && pointerOf(next.field)).toBe('/card/summary');
  });

  it('of nothing is nothing', () => {
    expect(completeness({}).share).toBe(0);
  });
});

it('a path into what is not there finds nothing', () => {
  expect(valueAt(content, ['card', 'legal', 'basis'])).toBeUndefined();
  expect([isEmpty({ a: [''] }), isEmpty(0), isEmpty('x')]).toEqual([true, false, false]);
});

it('every field stands in one step alone', () => {
  const pointers = Object.values(steps).flatMap((fields) => fields.map(pointerOf));
  expect(new Set(pointers).size).toBe(pointers.length);
});

it('every step with fields is a place of the wizard, in the same order', () => {
  expect(wizardSteps.slice(0, formSteps.length)).toEqual(formSteps);
});
