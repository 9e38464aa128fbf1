import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { deadLetters, type DeadLetters } from '@hetao/messaging';
import type { Database } from '@hetao/persistence';
import type { CallerIdentity } from '../caller/caller-identity.js';
import { CLOCK, DATABASE } from '../service/tokens.js';
import {
  toDeadLetterDetailDto,
  toDeadLetterDto,
  type DeadLetterDetailDto,
  type DeadLetterListDto,
  type DeadLetterQueryDto,
} from './dead-letter.dto.js';

/** What one service tells operators about the events it could not handle, and what they can have it do. */
@Injectable()
export class DeadLetterDesk {
  readonly #letters: DeadLetters;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#letters = deadLetters(database);
    this.#clock = clock;
  }

  /** The newest first, from the one before `before` on. */
  async list({ state, topic, before, limit }: DeadLetterQueryDto): Promise<DeadLetterListDto> {
    const found = await this.#letters.list({ status: state, topic, before, limit });
    return { data: found.map(toDeadLetterDto) };
  }

  /** With the event itself. Throws as {@link replay}. */
  async get(id: string): Promise<DeadLetterDetailDto> {
    return toDeadLetterDetailDto(await this.#letters.get(id));
  }

  /** @throws DomainException DEAD_LETTER_NOT_FOUND, DEAD_LETTER_SETTLED */
  async replay(id: string, reason: string, caller: CallerIdentity): Promise<DeadLetterDetailDto> {
    const ask = { by: caller.subject, reason, at: this.#clock.now() };
    return toDeadLetterDetailDto(await this.#letters.replay(id, ask));
  }

  /** Proposes it, or settles what somebody else proposed. Throws as {@link replay}. */
  async discard(id: string, reason: string, caller: CallerIdentity): Promise<DeadLetterDetailDto> {
    const ask = { by: caller.subject, reason, at: this.#clock.now() };
    return toDeadLetterDetailDto(await this.#letters.discard(id, ask));
  }
}
