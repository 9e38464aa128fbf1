import { catalogSamples } from './sample-catalog-messages.js';
import { negotiationSamples } from './sample-negotiation-messages.js';
import { transferSamples } from './sample-transfer-messages.js';

/** One message of each kind as the schemas of Dataspace Protocol 2025-1 accept it. */
export const samples: readonly Readonly<Record<string, unknown>>[] = [
  ...catalogSamples,
  ...negotiationSamples,
  ...transferSamples,
];
