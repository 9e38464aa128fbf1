import { moneyText } from '../../i18n/format.js';
import type { invoice } from '../../locales/en/invoice.js';

export type StepWord = keyof typeof invoice.step;

/** One step of rating, taken apart: which sentence it is, and what stands in it. */
export interface RatingStep {
  readonly word: StepWord;
  /** By the names of the sentence's places; money is written as the page writes it. */
  readonly values: Readonly<Record<string, string>>;
  /** A step that another one encloses: of the month as it was counted before a correction, or after it. */
  readonly of?: RatingStep | undefined;
}

const AMOUNT = String.raw`[A-Z]{3} -?[\d.]+`;
const PRICED = `(?<quantity>\\S+) (?<meter>\\S+) at (?<price>${AMOUNT}) per (?<per>\\S+): (?<amount>${AMOUNT})`;
const TIER = String.raw`tier (?<tier>\d+) \(above (?<from>\S+)`;

/**
 * The sentences of `@hetao/rating`, and those in which settlement encloses them. They are part of a versioned rule: what
 * an invoice was issued with says the same for ever, so its text can be read as well as a code.
 */
const SENTENCES: readonly (readonly [StepWord, RegExp])[] = [
  ['onePeriod', /^1 period in (?<period>\S+)$/],
  ['used', /^(?<quantity>\S+) (?<meter>\S+) in (?<period>\d{4}-\d\d)$/],
  ['flat', new RegExp(`^flat amount for the period: (?<amount>${AMOUNT})$`)],
  ['priced', new RegExp(`^${PRICED}$`)],
  ['tierTo', new RegExp(`^${TIER} to (?<to>\\S+)\\): ${PRICED}$`)],
  ['tierAbove', new RegExp(`^${TIER}\\): ${PRICED}$`)],
  ['allTo', new RegExp(`^all in ${TIER} to (?<to>\\S+)\\): ${PRICED}$`)],
  ['allAbove', new RegExp(`^all in ${TIER}\\): ${PRICED}$`)],
  ['rounded', new RegExp(`^(?<exact>${AMOUNT}), rounded half up: (?<amount>${AMOUNT})$`)],
  ['byDay', /^by the day: (?<active>\d+) of (?<days>\d+) days$/],
  ['bought', new RegExp(`^credit of (?<credit>${AMOUNT}) bought for (?<price>${AMOUNT})$`)],
  ['packageUsed', /^(?<quantity>\S+) (?<meter>\S+) in (?<period>\S+), (?<included>\S+) of them included$/],
  [
    'packages',
    new RegExp(`^(?<quantity>\\S+) in packages of (?<size>\\S+): (?<packages>\\S+) begun at (?<price>${AMOUNT})$`),
  ],
  ['least', new RegExp(`^at least (?<amount>${AMOUNT}) for usage$`)],
  ['cameTo', new RegExp(`^usage came to (?<amount>${AMOUNT})$`)],
  ['trial', /^period (?<number>\d+) of the agreement is a trial: all but prepaid credit is free$/],
  [
    'drawn',
    new RegExp(
      `^credit of (?<component>.+) pays (?<amount>${AMOUNT}) of usage in (?<period>\\S+); (?<left>${AMOUNT}) is left$`,
    ),
  ],
  ['corrected', /^(?<period>\d{4}-\d\d) was corrected by (?<correction>\S+): (?<reason>[^]*)$/],
  ['notBefore', /^not charged before$/],
  ['notAfter', /^not charged after$/],
  ['difference', new RegExp(`^after less before, each rounded: (?<amount>${AMOUNT})$`)],
];

const ENCLOSED = /^(?<word>before|after): (?<step>[^]*)$/;
const MONEY = /^(?<currency>[A-Z]{3}) (?<amount>-?\d[\d.]*)$/;

/** Reads a step as rating wrote it; undefined for a sentence this page does not know. */
export function readStep(text: string): RatingStep | undefined {
  const { word: side, step = '' } = ENCLOSED.exec(text)?.groups ?? {};
  if (side === 'before' || side === 'after') {
    const of = readStep(step);
    return of && { word: side, values: {}, of };
  }
  for (const [word, sentence] of SENTENCES) {
    const match = sentence.exec(text);
    if (match !== null) return { word, values: shown(match.groups ?? {}) };
  }
  return undefined;
}

function shown(groups: Readonly<Record<string, string>>): RatingStep['values'] {
  return Object.fromEntries(
    Object.entries(groups).map(([name, text]) => {
      const { currency, amount } = MONEY.exec(text)?.groups ?? {};
      return [name, currency === undefined || amount === undefined ? text : moneyText({ currency, amount })];
    }),
  );
}
