import type { RuleSet } from '../engine/rule-set.js';
import { citations } from './citations.js';
import { contradictions, doubts } from './doubts.js';
import { exemptionRules } from './exemption-rules.js';
import { facts } from './facts.js';
import { firstRules } from './first-rules.js';
import { flagRules } from './flag-rules.js';
import { mechanismRules } from './mechanism-rules.js';
import { pathways } from './pathways.js';
import { requirements } from './requirements.js';
import { ruleText } from './rule-texts.js';

/**
 * The first rule set of the exchange: the law as read on 22 November 2026. Published, and so never edited: what the
 * law changes is a new version beside it.
 */
export const szdexCrossBorder202611: RuleSet = {
  id: 'szdex-cross-border',
  version: '2026.11.0',
  effectiveFrom: '2026-09-01',
  lawCutoff: '2026-11-22',
  logic: 'kleene',
  stages: [
    { id: 'stop', unknown: 'stop' },
    { id: 'scope', unknown: 'stop' },
    { id: 'gate', unknown: 'stop' },
    // An exemption that may yet be granted is asked about, but nothing is released on its promise.
    { id: 'exempt', unknown: 'go_on' },
    { id: 'mechanism', unknown: 'stop' },
    { id: 'foreign', unknown: 'stop' },
    { id: 'default', unknown: 'stop' },
  ],
  pathways,
  facts,
  rules: [...firstRules, ...exemptionRules, ...mechanismRules].map((rule) => ({ ...rule, text: ruleText(rule.id) })),
  flags: flagRules.map((flag) => ({ ...flag, text: ruleText(flag.id) })),
  contradictions,
  doubts,
  citations,
  requirements,
};
