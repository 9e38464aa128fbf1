import type { RuleSet } from '../engine/rule-set.js';
import { szdexCrossBorder2026111 } from './szdex-2026-11-1.js';
import { szdexCrossBorder202611 } from './szdex-2026-11.js';

/** The versions that come with the exchange, oldest first. None is ever edited; the next one is added at the end. */
export const builtInRuleSets: readonly RuleSet[] = [szdexCrossBorder202611, szdexCrossBorder2026111];
