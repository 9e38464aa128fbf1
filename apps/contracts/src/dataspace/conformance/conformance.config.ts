import { readFileSync } from 'node:fs';
import { z } from 'zod';

const id = z.string().min(1).max(500);

/** What can be scripted on each side, and the word for each step (reference 11.3). */
const providerSteps = z.array(z.enum(['offer', 'agree', 'finalize', 'terminate'])).max(20);
const consumerSteps = z.array(z.enum(['accept', 'counter', 'verify', 'terminate'])).max(20);
const transferSteps = z.array(z.enum(['start', 'suspend', 'complete', 'terminate'])).max(20);

const negotiationProvider = z.strictObject({
  onRequested: providerSteps.default([]),
  onCounterRequested: providerSteps.default([]),
  onAccepted: providerSteps.default([]),
  onVerified: providerSteps.default([]),
});
const negotiationConsumer = z.strictObject({
  onRequestSent: consumerSteps.default([]),
  onOffered: consumerSteps.default([]),
  onAgreed: consumerSteps.default([]),
});

const conformance = z.strictObject({
  /** The kit: who it is, and where it answers. Without a header it is known by having none. */
  peer: z.strictObject({
    participantId: id,
    baseUrl: z.url({ protocol: /^https?$/ }),
    header: z.string().min(16).max(4_000).nullable().default(null),
  }),
  /** On offer, ids verbatim: one permission to use, nothing else. */
  datasets: z
    .array(z.strictObject({ id, offerId: id }))
    .max(1_000)
    .default([]),
  /** Finalized, ids verbatim. */
  agreements: z
    .strictObject({ provider: z.array(id).max(1_000).default([]), consumer: z.array(id).max(1_000).default([]) })
    .prefault({}),
  reactionDelayMs: z.int().min(0).max(10_000).default(500),
  /** By dataset. */
  negotiation: z
    .strictObject({
      provider: z.record(id, negotiationProvider.partial()).default({}),
      consumer: z.record(id, negotiationConsumer.partial()).default({}),
    })
    .prefault({}),
  /** By agreement. */
  transfer: z
    .strictObject({
      provider: z.record(id, z.strictObject({ onRequested: transferSteps.default([]) })).default({}),
      consumer: z
        .record(
          id,
          z.strictObject({ onRequestSent: transferSteps.default([]), onStarted: transferSteps.default([]) }).partial(),
        )
        .default({}),
    })
    .prefault({}),
});

/** Seeds and scripts of a conformance run. */
export type Conformance = z.output<typeof conformance>;

/**
 * Reads the file of a conformance run.
 *
 * @throws Error naming what is wrong with it: the service does not start on half a script.
 */
export function readConformance(file: string): Conformance {
  const parsed = conformance.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`DATASPACE_CONFORMANCE_FILE ${file}: ${z.prettifyError(parsed.error)}`);
}
