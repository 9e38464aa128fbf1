import { describe } from '@jest/globals';
import { crashContract } from './contract/crashes.js';
import { deadLetterContract } from './contract/dead-letters.js';
import { deliveryContract } from './contract/delivery.js';
import { outageContract } from './contract/outages.js';
import { stopContract } from './contract/stopping.js';
import { tracingContract } from './contract/tracing.js';
import { visibilityContract } from './contract/visibility.js';
import type { ContractTransport } from './support/stage.js';

/** What every transport promises, told as tests. The transport is asked for when the tests run: a broker takes its time. */
export function transportContract(name: string, world: () => ContractTransport): void {
  describe(`${name} keeps the transport contract`, () => {
    deliveryContract(world);
    visibilityContract(world);
    crashContract(world);
    deadLetterContract(world);
    outageContract(world);
    stopContract(world);
    tracingContract(world);
  });
}
