import type { Caret, ViewerInput } from '../pixel/pixel-source.js';
import type { Primitive } from './primitives.js';

/** What is on the screen, whoever paints it. Researchers' code never makes one of these. */
export interface Scene {
  start(onNews: () => void): Promise<void>;
  input(event: ViewerInput): void;
  /** All there is to see, from back to front. */
  picture(): readonly Primitive[];
  caret(): Caret | null;
  stop(): Promise<void>;
}
