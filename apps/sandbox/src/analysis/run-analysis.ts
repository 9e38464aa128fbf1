import type { AnalysisWish } from './analysis.js';
import type { AnalysisOutcome, AnalysisRun } from './analysis-outcome.js';
import { clustering } from './clustering.js';
import { regression } from './regression.js';
import { survival } from './survival.js';

/** Works an analysis out from sums that are taken where the data is: rows never come here. */
export function runAnalysis(wish: AnalysisWish, run: AnalysisRun): Promise<AnalysisOutcome> {
  if (wish.analysis === 'regression') return regression(wish, run);
  return wish.analysis === 'survival' ? survival(wish, run) : clustering(wish, run);
}
