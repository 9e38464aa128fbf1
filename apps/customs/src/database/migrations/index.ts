import { RuleSetsDeclarationsReleases1764500000001 } from './1764500000001-rule-sets-declarations-releases.js';
import { Consultations1764500000002 } from './1764500000002-consultations.js';

/** The migrations of customs in the order they run. */
export const customsMigrations = [RuleSetsDeclarationsReleases1764500000001, Consultations1764500000002];
