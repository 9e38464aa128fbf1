import TestSequencer from '@jest/test-sequencer';
import { LONGEST_FIRST } from '../../../tools/test-tiers.mjs';

const rank = ({ path }) => {
  const place = LONGEST_FIRST.findIndex((part) => path.includes(part));
  return place < 0 ? LONGEST_FIRST.length : place;
};

/** What is known to take long begins first, so that no worker ends minutes before the other; else as Jest would do it. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other));
  }
}
