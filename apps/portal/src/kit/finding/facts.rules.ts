import type { CustomsFacts } from '@hetao/client';

export type Fact = string | number | boolean;

/** One answered question: its key and the answer, in the order they were given. */
export type Answers = readonly (readonly [string, Fact])[];

/** Answers in an address, `tx.origin=CN~d.persons=#5`: a number and a boolean are marked, so that they come back as one. */
export function writeAnswers(answers: Answers): string | undefined {
  if (answers.length === 0) return undefined;
  return answers.map(([key, value]) => `${key}=${typeof value === 'string' ? value : `#${String(value)}`}`).join('~');
}

/** What an address answers; what cannot be read is not answered. */
export function readAnswers(text: string | undefined): Answers {
  return (text ?? '').split('~').flatMap((pair): Answers => {
    const [, key, marked, value] = /^([a-z][\w.]{0,60})=(#?)([\w.-]{1,60})$/.exec(pair) ?? [];
    if (key === undefined || value === undefined) return [];
    if (marked === '') return [[key, value]];
    if (value === 'true' || value === 'false') return [[key, value === 'true']];
    return /^\d{1,12}$/.test(value) ? [[key, Number(value)]] : [];
  });
}

/** The answers as the rules take them. */
export function factsOf(answers: Answers): CustomsFacts {
  return Object.fromEntries(answers);
}

/** The answers with one more, or with an earlier one changed: what was asked after it may no longer be asked at all. */
export function answered(answers: Answers, key: string, value: Fact): Answers {
  const at = answers.findIndex(([other]) => other === key);
  const kept = at < 0 ? answers : answers.slice(0, at);
  return [...kept, [key, value]];
}
