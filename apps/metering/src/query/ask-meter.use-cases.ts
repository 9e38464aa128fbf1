import { Inject, Injectable } from '@nestjs/common';
import { type Clock, err, ok, type Result } from '@hetao/kernel';
import { type Database } from '@hetao/persistence';
import { CLOCK, DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import { isPointer, type MeterDefinition, type MeterFilter, type MeterVersion, plainMeter } from '../meter/meter.js';
import { meterErrors, type MeterError } from '../meter/meter.errors.js';
import { MeterRepository } from '../meter/meter.repository.js';
import type { MeteringConfig } from '../metering.config.js';
import { type Granularity, type Interval, offsetOf, windowsIn } from '../window/calendar.js';
import type { Evaluation } from './meter-evaluation.sql.js';
import { usageQueryErrors, type UsageQueryError } from './usage-query.errors.js';

export interface MeterQuestion {
  readonly agreementId: string;
  readonly meter: string;
  readonly version: number | undefined;
  readonly range: Interval;
  readonly granularity: Granularity;
  readonly timeZone: string | undefined;
  readonly groupBy: readonly string[];
  readonly filter: Readonly<Record<string, readonly string[]>>;
}

/** A question that can be answered. */
export interface PreparedQuestion {
  readonly evaluation: Evaluation;
  readonly version: number | null;
  readonly timeZone: string;
}

const MAX_WINDOWS = 1_500;
const MAX_GROUPS = 4;

/** Turns what was asked into what is evaluated. */
@Injectable()
export class AskMeter {
  constructor(
    private readonly meters: MeterRepository,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: MeteringConfig,
  ) {}

  async prepare(question: MeterQuestion): Promise<Result<PreparedQuestion, UsageQueryError | MeterError>> {
    const timeZone = question.timeZone ?? this.config.METERING_TIME_ZONE;
    const windows = windowsOf(question, timeZone);
    if (!windows.ok) return windows;
    const found = await this.#definition(question);
    if (!found.ok) return found;
    const pointers = pointersOf(question, found.value.definition);
    if (!pointers.ok) return pointers;
    const evaluation = {
      ...pointers.value,
      agreementId: question.agreementId,
      definition: found.value.definition,
      windows: windows.value,
      knownUntilMs: Math.min(this.clock.now().getTime(), question.range.endMs),
    };
    return ok({ evaluation, version: found.value.version, timeZone });
  }

  async #definition({ agreementId, meter, version }: MeterQuestion): Promise<Result<Found, MeterError>> {
    return this.database.withClient(async (client): Promise<Result<Found, MeterError>> => {
      if (version === undefined) {
        const binding = await this.meters.binding(client, agreementId);
        return ok(foundOf(binding.find((one) => one.meter === meter) ?? plainMeter(meter)));
      }
      const { rows } = await client.query<{ merchant_id: string }>(
        'SELECT merchant_id FROM entitlements WHERE agreement_id = $1 LIMIT 1',
        [agreementId],
      );
      const found = await this.meters.find(client, rows[0]?.merchant_id ?? '', meter, version);
      if (found) return ok(foundOf(found));
      return err(meterErrors.METER_UNKNOWN(`There is no version ${version} of "${meter}".`, { pointer: '/version' }));
    });
  }
}

interface Found {
  readonly definition: MeterDefinition;
  readonly version: number | null;
}

function foundOf(definition: MeterDefinition | MeterVersion): Found {
  return { definition, version: 'version' in definition ? definition.version : null };
}

function windowsOf(
  { range, granularity }: MeterQuestion,
  timeZone: string,
): Result<readonly Interval[], UsageQueryError> {
  const offsetAt = offsetOf(timeZone);
  if (!offsetAt) return err(invalid('/time_zone', `"${timeZone}" is no IANA time zone.`));
  if (range.startMs >= range.endMs) return err(invalid('/to', 'to must be after from.'));
  try {
    return ok(windowsIn(range, granularity, offsetAt, MAX_WINDOWS));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return err(usageQueryErrors.USAGE_QUERY_TOO_LARGE(error.message, { pointer: '/granularity' }));
  }
}

function pointersOf(
  { groupBy, filter }: MeterQuestion,
  { dimensions }: MeterDefinition,
): Result<Pick<Evaluation, 'groupBy' | 'filters'>, UsageQueryError> {
  const pointerOf = (name: string) => dimensions[name] ?? (isPointer(name) ? name : undefined);
  if (groupBy.length > MAX_GROUPS) return err(invalid('/group_by', `names more than ${MAX_GROUPS} dimensions.`));
  const unknown = [...groupBy, ...Object.keys(filter)].find((name) => pointerOf(name) === undefined);
  if (unknown !== undefined) {
    return err(
      invalid('/group_by', `"${unknown.slice(0, 80)}" is neither a dimension of the meter nor a JSON pointer.`),
    );
  }
  const filters = Object.entries(filter).map(([name, values]): MeterFilter => ({
    pointer: pointerOf(name) ?? '',
    operator: 'in',
    values,
  }));
  return ok({ groupBy: groupBy.map((name) => pointerOf(name) ?? ''), filters });
}

function invalid(pointer: string, detail: string): UsageQueryError {
  return usageQueryErrors.USAGE_QUERY_INVALID(detail, { pointer });
}
