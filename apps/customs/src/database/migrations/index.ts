import { RuleSetsDeclarationsReleases1764500000001 } from './1764500000001-rule-sets-declarations-releases.js';

/** The migrations of customs in the order they run. */
export const customsMigrations = [RuleSetsDeclarationsReleases1764500000001];
