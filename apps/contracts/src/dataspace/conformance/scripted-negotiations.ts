import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { BusinessReactions } from '../../negotiation/business.reactions.js';
import { NegotiationReactions, type Cause, type Reaction } from '../../negotiation/negotiation.reactions.js';
import type { Negotiation } from '../../negotiation/negotiation.js';
import { iriOf } from '../wire/ids.js';
import { ConformanceMode } from './conformance-mode.js';
import { ScriptRunner } from './script-runner.js';

type Step = Reaction['command'];

/** As {@link ScriptedTransfers}, for negotiations. */
@Injectable()
export class ScriptedNegotiations extends NegotiationReactions {
  readonly #mode: ConformanceMode;
  readonly #business: BusinessReactions;
  readonly #scripts = new ScriptRunner<Step>();

  constructor(mode: ConformanceMode, business: BusinessReactions) {
    super();
    this.#mode = mode;
    this.#business = business;
  }

  after(tx: Tx, negotiation: Negotiation, cause: Cause): Promise<readonly Reaction[]> {
    const { run } = this.#mode;
    // Only what is said to the peer is scripted.
    if (run === null || negotiation.peer === null) return this.#business.after(tx, negotiation, cause);
    const steps = this.#listFor(negotiation, cause);
    const isOpening = cause.message === 'request' && negotiation.offer.number === 1;
    const continues = cause.event === 'acknowledged' && !isOpening;
    const command =
      steps !== undefined
        ? this.#scripts.begin(negotiation.id, steps)
        : continues
          ? this.#scripts.next(negotiation.id)
          : undefined;
    return Promise.resolve(command === undefined ? [] : [{ command, delayMs: run.reactionDelayMs }]);
  }

  #listFor({ role, datasetId, offer }: Negotiation, { event, message }: Cause): readonly Step[] | undefined {
    const scripts = this.#mode.run?.negotiation;
    const dataset = iriOf(datasetId);
    if (role === 'consumer') {
      const script = scripts?.consumer[dataset];
      if (event === 'acknowledged')
        return message === 'request' && offer.number === 1 ? script?.onRequestSent : undefined;
      return message === 'offer' ? script?.onOffered : message === 'agreement' ? script?.onAgreed : undefined;
    }
    const script = scripts?.provider[dataset];
    if (event !== 'received') return undefined;
    switch (message) {
      case 'request':
        return offer.number === 1 ? script?.onRequested : script?.onCounterRequested;
      case 'accepted':
        return script?.onAccepted;
      case 'verification':
        return script?.onVerified;
      default:
        return undefined;
    }
  }
}
