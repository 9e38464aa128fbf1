import type { ProblemCode } from '@hetao/client';

/**
 * The shape of a language's words by those of English: every key, and no other. Chinese has one plural form, so a key
 * that ends in `_one` is English alone.
 */
export type Words<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Words<T[K]>;
};

/** A problem in the reader's language: what it is, and how somebody before a screen mends it. */
export interface ProblemWords {
  readonly title: string;
  readonly fix: string;
}

/** What is wrong at one place of what was sent, by the code that stands beside the place. */
export type FaultWordsByCode = Readonly<Record<string, string>>;

export type ProblemWordsByCode = Readonly<Partial<Record<ProblemCode, ProblemWords>>>;

/** All that can be refused, in one language. */
export interface RefusalWords {
  readonly problems: ProblemWordsByCode;
  readonly faults: FaultWordsByCode;
}
