import { defineErrors, DomainException, type ErrorItem } from '@hetao/kernel';
import type { z } from 'zod';

/** One topic per aggregate: its events stay in order per key. */
export interface Topic {
  /** `hetao.<service>.<aggregate>`. */
  readonly name: string;
  /** Partitions on a broker: the bound on how many consumers of one group share the work. */
  readonly partitions: number;
}

/** A published version of an event: a contract that never changes once it is out. */
export interface EventDefinition<T> {
  /** `hetao.<service>.<event>.v<n>`; the CloudEvents `type`. */
  readonly type: string;
  readonly topic: Topic;
  /** One sentence for the reader of the event catalogue. */
  readonly summary: string;
  readonly schema: z.ZodType<T>;
  /** The aggregate's id: events of one key arrive in order. The CloudEvents `subject`. */
  key(data: T): string;
  /**
   * Checks data on append and on receive; properties the version does not know are left out.
   *
   * @throws DomainException EVENT_INVALID with one item a fault.
   */
  parse(json: unknown): T;
}

/** An event as a handler gets it: CloudEvents 1.0 attributes and the checked data. */
export interface ReceivedEvent<T> {
  /** `evt_…`, unique over all services: what a consumer dedupes by. */
  readonly id: string;
  readonly type: string;
  /** The service that published it: `hetao/contracts`. */
  readonly source: string;
  /** The key. */
  readonly subject: string;
  /** When it was appended, UTC. */
  readonly time: Date;
  readonly data: T;
  /** W3C Trace Context of the transaction that appended it. */
  readonly traceparent?: string;
}

export const eventErrors = defineErrors({
  EVENT_INVALID: {
    kind: 'invalid',
    title: 'The event does not fit its published schema',
    fix: 'Send data that fits the version named by its type; docs/events.md lists every field.',
  },
});

const TOPIC = /^hetao\.[a-z]+\.[a-z]+(-[a-z]+)*$/;
const TYPE = /^hetao\.[a-z]+\.[a-z]+(-[a-z]+)*\.v[1-9][0-9]*$/;
const MAX_PARTITIONS = 256;
/** A hostile event can have thousands of faults; ten are enough to see what is wrong. */
const MAX_REPORTED_FAULTS = 10;

/** Declares a topic. Throws RangeError at module load on a malformed name or partition count. */
export function defineTopic(topic: Topic): Topic {
  if (!TOPIC.test(topic.name)) throw new RangeError(`Topic name "${topic.name}" is not hetao.<service>.<aggregate>.`);
  if (!Number.isInteger(topic.partitions) || topic.partitions < 1 || topic.partitions > MAX_PARTITIONS) {
    throw new RangeError(`Topic ${topic.name} must have 1 to ${MAX_PARTITIONS} partitions.`);
  }
  return Object.freeze({ ...topic });
}

/** What is said to declare an event. */
export interface EventDeclaration<T> {
  readonly type: string;
  readonly topic: Topic;
  readonly summary?: string;
  readonly schema: z.ZodType<T>;
  key(data: T): string;
}

/** Declares one version of an event. Throws RangeError at module load on a malformed type. */
export function defineEvent<T>(declaration: EventDeclaration<T>): EventDefinition<T> {
  const { type, topic, schema, summary = '' } = declaration;
  if (!TYPE.test(type)) throw new RangeError(`Event type "${type}" is not hetao.<service>.<event>.v<n>.`);
  return Object.freeze({
    type,
    topic,
    summary,
    schema,
    key: (data: T) => declaration.key(data),
    parse: (json: unknown) => {
      const parsed = schema.safeParse(json);
      if (parsed.success) return parsed.data;
      throw invalid(type, parsed.error.issues);
    },
  });
}

function invalid(type: string, issues: readonly z.core.$ZodIssue[]): DomainException {
  const items = issues.slice(0, MAX_REPORTED_FAULTS).map(faultOf);
  const first = items[0];
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const where = first === undefined || first.pointer === '' ? 'the data' : first.pointer;
  return new DomainException(
    eventErrors.EVENT_INVALID(`${type}: ${where}: ${first?.detail ?? 'does not fit'}${more}`, {
      pointer: first?.pointer ?? '',
      meta: { type },
      items,
    }),
  );
}

function faultOf(issue: z.core.$ZodIssue): ErrorItem {
  const steps = issue.path.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'));
  return {
    pointer: steps.map((step) => `/${step}`).join(''),
    code: issue.code.toUpperCase(),
    detail: issue.message,
  };
}
