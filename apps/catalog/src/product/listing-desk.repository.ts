import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { CommentRepository } from '../comment/comment.repository.js';
import { nextInstant } from '../history/history.repository.js';
import { mayActAs } from '../participant/participant.js';
import { ParticipantRepository } from '../participant/participant.repository.js';
import type { Finding } from '../review/finding.js';
import { checkListing } from '../review/listing-checks.js';
import { ListingFacts } from '../review/listing-facts.repository.js';
import { lastDecision } from './listing-standing.js';
import type { Product } from './product.js';

/** What lies on the reviewer's desk beside the product when something is decided about it. */
export interface Desk {
  /** When it is decided: now, and after whatever was decided about the product before. */
  readonly at: Date;
  readonly merchantApproved: boolean;
  readonly findings: readonly Finding[];
  readonly openComments: number;
}

/** Gathers what a decision about a listing depends on, held as it is until the commit. */
@Injectable()
export class ListingDesk {
  readonly #participants: ParticipantRepository;
  readonly #facts: ListingFacts;
  readonly #comments: CommentRepository;
  readonly #clock: Clock;

  constructor(
    participants: ParticipantRepository,
    facts: ListingFacts,
    comments: CommentRepository,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#participants = participants;
    this.#facts = facts;
    this.#comments = comments;
    this.#clock = clock;
  }

  /** The merchant is locked for reading, so that a suspension cannot slip in beside an approval. */
  async of(tx: Tx, product: Product): Promise<Desk> {
    const at = nextInstant(lastDecision(product), this.#clock);
    const merchant = await this.#participants.loadShared(tx, product.merchantId);
    return {
      at,
      merchantApproved: merchant !== null && mayActAs(merchant, 'merchant'),
      findings: checkListing(product, await this.#facts.of(tx, product, at)),
      openComments: await this.#comments.open(tx, product.id),
    };
  }
}
