import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { Refusal } from './outcome.js';
import { type Source, sourceName, SourceRepository } from './source.repository.js';
import type { Submission } from './submission.types.js';
import type { UsageEvent } from './usage-event.js';
import { usageEventErrors } from './usage-event.errors.js';

/** Most sources one sender may use: a source names a system, and each costs a row for ever. */
export const maxSourcesPerSender = 1_000;

/** The numbers of the sources of some submissions. */
export interface NumberedSources {
  find(senderId: string, source: string): number | undefined;
  /** What to say of an event whose source got no number. */
  refuse(event: UsageEvent): Refusal;
}

/** Numbers the sources of admitted events; those of refused ones keep out, so that junk costs no row. */
@Injectable()
export class SourceNumbers {
  constructor(private readonly sources: SourceRepository) {}

  /** @param refusals one an event, submission after submission. */
  async of(
    tx: Tx,
    submissions: readonly Submission[],
    refusals: readonly (Refusal | undefined)[],
  ): Promise<NumberedSources> {
    const { all, admitted } = sourcesOf(submissions, refusals);
    const known = await this.sources.find(tx, [...all.values()]);
    const missing = [...admitted].filter(([name]) => !known.has(name)).map(([, source]) => source);
    const added = missing.length === 0 ? NONE : await this.sources.add(tx, missing, maxSourcesPerSender);
    return {
      find: (senderId, source) => {
        const name = sourceName({ senderId, source });
        return known.get(name) ?? added.get(name);
      },
      refuse: tooManySources,
    };
  }
}

const NONE: ReadonlyMap<string, number> = new Map();

function sourcesOf(submissions: readonly Submission[], refusals: readonly (Refusal | undefined)[]) {
  const all = new Map<string, Source>();
  const admitted = new Map<string, Source>();
  let at = 0;
  for (const { sender, events } of submissions) {
    for (const { source } of events) {
      const named = { senderId: sender.senderId, source };
      all.set(sourceName(named), named);
      if (refusals[at] === undefined) admitted.set(sourceName(named), named);
      at += 1;
    }
  }
  return { all, admitted };
}

function tooManySources(event: UsageEvent): Refusal {
  return usageEventErrors.USAGE_SOURCES_EXHAUSTED(
    `Source ${event.source} would be more than the ${maxSourcesPerSender} sources a sender may use.`,
    { pointer: '/source' },
  );
}
