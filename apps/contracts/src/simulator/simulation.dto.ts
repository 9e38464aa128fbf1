import { z } from 'zod';
import { currencies, money, type Currency } from '@hetao/kernel';
import { idSchema, instant, moneyDto, text, toMoneyDto } from '@hetao/runtime';
import { EXCHANGE_ZONE } from '../offer/offer.dto.js';
import { meterDto, pricePlanDto } from '../offer/price-plan.dto.js';
import { inForceIn, type Converted, type SimulatedMonth, type Simulation, type SimulationInput } from './simulation.js';

const MAX_MONTHS = 36;
const MAX_METERS = 50;
const MAX_DAYS = 365;
/** What the exchange gives a buyer to pay, and takes itself, where nobody agreed otherwise. */
const DEFAULT_PAYMENT_DAYS = 30;
const DEFAULT_PAYOUT_DAYS = 1;

const quantity = z.string().regex(/^(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?$/, 'must be a decimal number in a string');
const rateDto = z
  .strictObject({
    currency: z.enum(currencies),
    rate: z
      .string()
      .regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,12})?$/, 'must be a decimal number in a string')
      .refine((rate) => !/^0(\.0+)?$/.test(rate), 'must be above zero')
      .describe('Units of `currency` for one unit of the plan’s'),
    source: text(200).describe('Where you read it: the answer names it'),
  })
  .meta({ id: 'StatedRate' });
const days = z.int().min(0).max(MAX_DAYS);

export const newSimulationDto = z
  .strictObject({
    offer_id: idSchema('off').optional().describe('An offer you may see; or give a plan'),
    plan: pricePlanDto.optional(),
    time_zone: z.string().min(1).max(64).optional().describe('Of the plan’s days and months; the offer’s otherwise'),
    in_force: z
      .strictObject({ from: instant, until: instant })
      .optional()
      .describe('When the agreement would be in force; left out: the offer’s term, or all of the months'),
    channel_partner: z
      .boolean()
      .optional()
      .describe('Whether a channel partner takes his share; the offer’s otherwise'),
    months: z
      .array(
        z.strictObject({
          period: z.string().regex(/^[0-9]{4}-(0[1-9]|1[0-2])$/, 'must be a month such as "2026-05"'),
          usage: z.array(z.strictObject({ meter: meterDto, quantity })).max(MAX_METERS),
        }),
      )
      .min(1)
      .max(MAX_MONTHS)
      .describe('In order; credit is carried from each to the next'),
    buyer_rate: rateDto.nullable().default(null).describe('Into the currency the buyer pays in'),
    merchant_rate: rateDto.nullable().default(null).describe('Into the currency the merchant is paid in'),
    payment_days: days.optional().describe('From the invoice until the buyer has paid'),
    payout_days: days.optional().describe('From then until the merchant is paid'),
  })
  .refine(({ offer_id, plan }) => (offer_id === undefined) !== (plan === undefined), {
    message: 'give either offer_id or plan',
    path: ['offer_id'],
  })
  .meta({ id: 'NewSimulation' });
export type NewSimulationDto = z.output<typeof newSimulationDto>;

const convertedDto = z
  .object({ amount: moneyDto, rate: z.string(), source: z.string() })
  .nullable()
  .describe('null where no rate was given');
const chargeDto = z.object({
  component_id: z.string(),
  kind: z.string(),
  meter: z.string().nullable(),
  quantity: z.string(),
  unit: z.string(),
  amount: moneyDto,
  explanation: z.array(z.string()),
});

export const simulationDto = z
  .object({
    months: z.array(
      z.object({
        period: z.string(),
        charges: z.array(chargeDto),
        net: moneyDto,
        tax: moneyDto,
        gross: moneyDto,
        shares: z.array(z.object({ party: z.string(), amount: moneyDto })).describe('Who gets what of gross'),
        unpriced: z.array(z.object({ meter: z.string(), quantity: z.string() })).describe('Usage without a price'),
        credit_left: z.array(z.object({ component_id: z.string(), amount: moneyDto, last_period_no: z.int() })),
        paid_by_buyer: convertedDto,
        received_by_merchant: convertedDto,
        invoiced_on: z.iso.date(),
        due_on: z.iso.date(),
        payout_on: z.iso.date(),
      }),
    ),
    net: moneyDto,
    tax: moneyDto,
    gross: moneyDto,
    rules: z.object({ rating: z.string(), tax: z.string(), split: z.string() }),
    assumptions: z
      .array(z.object({ name: z.string(), value: z.string(), from: z.enum(['you', 'offer', 'default']) }))
      .describe('What the figures stand on besides the plan and the usage'),
  })
  .meta({ id: 'Simulation' });
export type SimulationDto = z.output<typeof simulationDto>;
export type AssumptionDto = SimulationDto['assumptions'][number];

/** What is assumed where the caller said nothing, and who said what. */
export function assumptionsOf(dto: NewSimulationDto, input: SimulationInput): AssumptionDto[] {
  const from = (given: unknown): AssumptionDto['from'] => {
    if (given !== undefined) return 'you';
    return dto.offer_id === undefined ? 'default' : 'offer';
  };
  const { from: begins, until } = inForceIn(input);
  const ours = (given: unknown): AssumptionDto['from'] => (given === undefined ? 'default' : 'you');
  return [
    { name: 'time_zone', value: input.timeZone, from: from(dto.time_zone) },
    { name: 'in_force_from', value: begins.toISOString(), from: from(dto.in_force) },
    { name: 'in_force_until', value: until.toISOString(), from: from(dto.in_force) },
    { name: 'channel_partner', value: String(input.channelPresent), from: from(dto.channel_partner) },
    { name: 'payment_days', value: String(input.paymentDays), from: ours(dto.payment_days) },
    { name: 'payout_days', value: String(input.payoutDays), from: ours(dto.payout_days) },
    ...[input.buyerRate, input.merchantRate].flatMap((rate, index): AssumptionDto[] =>
      rate === null
        ? []
        : [{ name: index === 0 ? 'buyer_rate' : 'merchant_rate', value: `${rate.rate} (${rate.source})`, from: 'you' }],
    ),
  ];
}

/** The caller's part of what is simulated; the plan and its terms come from him or the offer. */
export function givenIn(dto: NewSimulationDto) {
  return {
    months: dto.months,
    buyerRate: dto.buyer_rate,
    merchantRate: dto.merchant_rate,
    paymentDays: dto.payment_days ?? DEFAULT_PAYMENT_DAYS,
    payoutDays: dto.payout_days ?? DEFAULT_PAYOUT_DAYS,
    timeZone: dto.time_zone ?? EXCHANGE_ZONE,
    inForce: dto.in_force ? { from: new Date(dto.in_force.from), until: new Date(dto.in_force.until) } : null,
  };
}

/** Renders what was simulated, and what it stands on. */
export function toSimulationDto(
  { months, net, tax, gross, rules }: Simulation,
  assumptions: AssumptionDto[],
): SimulationDto {
  return {
    months: months.map((month) => toMonthDto(month, net.currency)),
    net: toMoneyDto(net),
    tax: toMoneyDto(tax),
    gross: toMoneyDto(gross),
    rules,
    assumptions,
  };
}

function toMonthDto(month: SimulatedMonth, currency: Currency): SimulationDto['months'][number] {
  return {
    period: month.period,
    charges: month.charges.map(({ componentId, amountMinor, amount: _exact, explanation, ...charge }) => ({
      ...charge,
      component_id: componentId,
      amount: toMoneyDto(money(amountMinor, currency)),
      explanation: [...explanation],
    })),
    net: toMoneyDto(month.net),
    tax: toMoneyDto(month.tax),
    gross: toMoneyDto(month.gross),
    shares: month.split.parts.map(({ party, amount }) => ({ party, amount: toMoneyDto(amount) })),
    unpriced: month.unpriced.map((total) => ({ ...total })),
    credit_left: month.credits.map(({ componentId, leftMinor, lastIn }) => ({
      component_id: componentId,
      amount: toMoneyDto(money(leftMinor, currency)),
      last_period_no: lastIn,
    })),
    paid_by_buyer: toConvertedDto(month.paid),
    received_by_merchant: toConvertedDto(month.received),
    invoiced_on: month.invoicedOn,
    due_on: month.dueOn,
    payout_on: month.payoutOn,
  };
}

function toConvertedDto(converted: Converted | null) {
  return converted && { amount: toMoneyDto(converted.amount), rate: converted.at.rate, source: converted.at.source };
}
