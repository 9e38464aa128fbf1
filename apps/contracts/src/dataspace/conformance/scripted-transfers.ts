import { Injectable } from '@nestjs/common';
import type { Transfer, TransferCommand } from '../transfer/transfer.js';
import {
  BusinessReactions,
  TransferReactions,
  type TransferCause,
  type TransferReaction,
} from '../transfer/transfer-reactions.js';
import { ConformanceMode } from './conformance-mode.js';
import { ScriptRunner } from './script-runner.js';

/** The decisions of a conformance run in the place of those of business; what is decided goes the same way. */
@Injectable()
export class ScriptedTransfers extends TransferReactions {
  readonly #mode: ConformanceMode;
  readonly #business = new BusinessReactions();
  readonly #scripts = new ScriptRunner<TransferCommand>();

  constructor(mode: ConformanceMode) {
    super();
    this.#mode = mode;
  }

  after(transfer: Transfer, cause: TransferCause): TransferReaction | null {
    const { run } = this.#mode;
    if (run === null) return this.#business.after(transfer, cause);
    const steps = this.#listFor(transfer, cause);
    const continues = cause.event === 'acknowledged' && cause.command !== 'request';
    const command =
      steps !== undefined
        ? this.#scripts.begin(transfer.id, steps)
        : continues
          ? this.#scripts.next(transfer.id)
          : undefined;
    return command === undefined ? null : { command, delayMs: run.reactionDelayMs };
  }

  #listFor(
    { role, agreementRef }: Transfer,
    { event, command }: TransferCause,
  ): readonly TransferCommand[] | undefined {
    const scripts = this.#mode.run?.transfer;
    if (role === 'provider') {
      return event === 'received' && command === 'request' ? scripts?.provider[agreementRef]?.onRequested : undefined;
    }
    const script = scripts?.consumer[agreementRef];
    if (event === 'acknowledged') return command === 'request' ? script?.onRequestSent : undefined;
    // A start that resumes what a script suspended is a step of it, and none of the other side's.
    return command === 'start' ? script?.onStarted : undefined;
  }
}
