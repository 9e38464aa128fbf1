import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { CommentRepository } from '../comment/comment.repository.js';

/** The reviewer's desk as far as handing in depends on it: the time, and questions without an answer. */
@Injectable()
export class ApplicationDesk {
  readonly #comments: CommentRepository;
  readonly #clock: Clock;

  constructor(comments: CommentRepository, @Inject(CLOCK) clock: Clock) {
    this.#comments = comments;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  openQuestions(tx: Tx, id: string): Promise<number> {
    return this.#comments.open(tx, id);
  }
}
