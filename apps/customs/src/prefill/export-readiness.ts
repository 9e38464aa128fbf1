import type { Facts, FactValue, RuleSet } from '@hetao/rules';
import { timeToClear } from '@hetao/rules';
import { productFacts, purposeOf, recipientFacts, type KnownProduct } from './prefill.js';

/** Whether a buyer somewhere can get a product, in one word. */
export type ReadinessAnswer = 'free' | 'after_procedure' | 'depends' | 'person_decides' | 'no';

export interface ReadinessQuestion {
  readonly buyerPlace: string;
  /** As an agreement would name it; null: it is bought. */
  readonly purpose: string | null;
}

/**
 * What is taken for granted where nobody answered, each shown with the answer. None of them makes an exemption apply:
 * they only leave out what concerns few, and what listing a product or admitting a buyer has looked at.
 */
const TAKEN_FOR_GRANTED: Readonly<Record<string, FactValue>> = {
  'd.core_or_secret': false,
  'd.important': 'not_notified',
  'rcp.listed_42': false,
  'exp.foreign_party': false,
  'exp.ciio': false,
  'nl.status': 'na',
  'exp.zone': 'none',
  'tx.collected_abroad': false,
  'tx.necessity': false,
  'tx.collective_basis': false,
};

/** The facts of the question, as far as product and place tell them. */
export function readinessFacts(product: KnownProduct, { buyerPlace, purpose }: ReadinessQuestion): Facts {
  return {
    ...productFacts(product),
    ...recipientFacts(buyerPlace),
    'tx.purpose': purposeOf(purpose ?? 'data_product_sale', product),
  };
}

/**
 * The same with what is taken for granted, and nothing taken for granted that does not matter.
 *
 * @param asks the questions that facts leave open
 */
export function withAssumptions(
  facts: Facts,
  asks: (facts: Facts) => readonly string[],
): { readonly facts: Facts; readonly assumed: readonly string[] } {
  const open = Object.keys(TAKEN_FOR_GRANTED).filter((key) => (facts[key] ?? null) === null);
  const take = (keys: readonly string[]): Facts => ({
    ...facts,
    ...Object.fromEntries(keys.map((key) => [key, TAKEN_FOR_GRANTED[key] ?? null])),
  });
  const assumed = open.reduce<readonly string[]>((kept, key) => {
    const without = kept.filter((other) => other !== key);
    return asks(take(without)).includes(key) ? kept : without;
  }, open);
  return { facts: take(assumed), assumed };
}

const FREE = new Set(['EXEMPT', 'NOT_AN_EXPORT']);
const PERSON = new Set(['HUMAN_REVIEW', 'NEEDS_INFO', 'APPROVAL_REQUIRED_FIRST']);

/** One word for the pathways that are possible. */
export function answerOf(possible: readonly string[], needsPerson: boolean): ReadinessAnswer {
  if (possible.every((id) => id === 'BLOCKED')) return 'no';
  if (possible.every((id) => FREE.has(id))) return needsPerson ? 'person_decides' : 'free';
  if (possible.every((id) => PERSON.has(id))) return 'person_decides';
  return possible.some((id) => FREE.has(id) || PERSON.has(id) || id === 'BLOCKED') ? 'depends' : 'after_procedure';
}

/** The shortest and the longest the authorities may take by statute, over the pathways that are possible. */
export function workingDaysOver(possible: readonly string[], ruleSet: RuleSet) {
  const times = possible.map((id) => {
    const wanted = ruleSet.pathways.find((pathway) => pathway.id === id)?.requirement;
    const requirement = ruleSet.requirements.find((each) => each.id === wanted) ?? null;
    return timeToClear({ requirement, further: [], alternatives: [] });
  });
  const days = times.map(({ workingDays }) => workingDays);
  return {
    least: Math.min(...days),
    most: Math.max(...days),
    extendable: times.some(({ extendable }) => extendable),
    unlimited: [...new Set(times.flatMap(({ unlimited }) => unlimited))],
  };
}
