import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { messagingErrors } from '@hetao/messaging';
import type { CallerIdentity, DeadLetterDetailDto, DeadLetterDto, DeadLetterQueryDto } from '@hetao/runtime';
import { ServiceDesks, type Desk, type DeskError } from './service-desks.client.js';

/** A stretch of the one list that all desks make together. */
export interface DeadLetterStretch {
  /** Newest first; at most as many as were asked for. */
  readonly letters: readonly DeadLetterDto[];
  /** Desks that did not answer. */
  readonly unheard: readonly Desk[];
}

/** Reads the dead letters of all services as one list. */
@Injectable()
export class DeadLetterQueries {
  readonly #desks: ServiceDesks;

  constructor(desks: ServiceDesks) {
    this.#desks = desks;
  }

  /**
   * Ids grow with time whoever made them: the newest of all are among the newest of each, and one id is the place in every
   * list at once. So no desk is asked for more than the page holds.
   */
  async list(
    { service, ...query }: DeadLetterQueryDto & { readonly service?: Desk | undefined },
    caller: CallerIdentity,
  ): Promise<DeadLetterStretch> {
    const asked = this.#desks.open().filter((desk) => service === undefined || desk === service);
    const answers = await Promise.all(asked.map(async (desk) => this.#desks.list(desk, query, caller)));
    const letters = answers.flatMap((answer) => (answer.ok ? answer.value.data : []));
    return {
      letters: letters.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit),
      unheard: asked.filter((_desk, at) => answers[at]?.ok === false),
    };
  }

  /** Finds it at whichever desk it lies. An id that nobody has is unknown only when everybody could be asked. */
  async find(
    id: string,
    caller: CallerIdentity,
  ): Promise<Result<{ readonly desk: Desk; readonly letter: DeadLetterDetailDto }, DeskError>> {
    const asked = this.#desks.open();
    const answers = await Promise.all(asked.map((desk) => this.#desks.get(desk, id, caller)));
    for (const [at, desk] of asked.entries()) {
      const answer = answers[at];
      if (answer?.ok === true) return ok({ desk, letter: answer.value });
    }
    const silent = answers.find((answer) => !answer.ok && answer.error.code !== 'DEAD_LETTER_NOT_FOUND');
    if (silent?.ok === false) return silent;
    return err(messagingErrors.DEAD_LETTER_NOT_FOUND(`No service has a dead letter "${id}".`));
  }
}
