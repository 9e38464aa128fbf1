/**
 * The shape of a language's words by those of English: every key, and no other. Chinese has one plural form, so a key
 * that ends in `_one` is English alone.
 */
export type Words<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Words<T[K]>;
};
