import { z } from 'zod';

/** ODRL as the official schemas have it inside the protocol (contract-schema.json), strict: for what we send. */
const id = z.string().min(1);
const sets = ['isA', 'hasPart', 'isPartOf', 'isAllOf', 'isAnyOf', 'isNoneOf'] as const;
const operator = z.enum(['eq', 'neq', 'gt', 'gteq', 'lt', 'lteq', ...sets]);
/** A JSON number or boolean violates the schema. */
const operand = z.union([z.string(), z.array(z.unknown()), z.looseObject({})]);

type Constraint = z.ZodType<object>;
const atomic = z.looseObject({ leftOperand: id, operator, rightOperand: operand });
const constraints: z.ZodType = z.lazy(() => z.array(constraint).min(1));
const logical = (name: string) => z.strictObject({ [name]: constraints });
const constraint: Constraint = z.lazy(() =>
  z.union([atomic, ...['and', 'or', 'xone', 'andSequence'].map(logical)] as [Constraint, ...Constraint[]]),
);

const noTarget = { target: z.never().optional() } as const;
const duty = z.looseObject({ action: id, constraint: z.array(constraint).min(1).optional(), ...noTarget });
const permission = duty.extend({ duty: z.array(duty).min(1).optional() });

/** Lists have an item or are left out; something must be permitted or prohibited. */
const rules = {
  permission: z.array(permission).min(1).optional(),
  prohibition: z.array(duty).min(1).optional(),
  obligation: z.array(duty).min(1).optional(),
  profile: z.string().optional(),
};
const saysSomething = (policy: Readonly<Record<string, unknown>>) =>
  policy['permission'] !== undefined || policy['prohibition'] !== undefined;
const NOTHING_SAID = 'needs a permission or a prohibition';

/** An offer in a catalog: its target is the dataset around it. */
export const catalogOffer = z
  .looseObject({ '@id': id, '@type': z.literal('Offer').optional(), ...rules, ...noTarget })
  .refine(saysSomething, NOTHING_SAID);

/** An offer in a request or an offer message. */
export const messageOffer = z
  .looseObject({ '@id': id, '@type': z.literal('Offer'), target: id, ...rules })
  .refine(saysSomething, NOTHING_SAID);

/** What both sides hold in the end. The instant is in UTC, written with Z. */
export const agreement = z
  .looseObject({
    '@id': id,
    '@type': z.literal('Agreement'),
    target: id,
    assigner: id,
    assignee: id,
    timestamp: z.iso.datetime(),
    ...rules,
  })
  .refine(saysSomething, NOTHING_SAID);
