import { measureGate } from './gate.js';
import { measureLearning } from './learning.js';
import { measureMetering } from './metering.js';
import { measurePixels } from './pixel.js';

/** `npm run bench -- sandbox [gate|learning|metering|pixel] [long]`: the measurable goals of the sandbox, each beside its target. */
export async function run(options: readonly string[] = []): Promise<void> {
  const [area] = options.filter((option) => option !== 'long');
  if (area === undefined || area === 'gate') await measureGate();
  if (area === undefined || area === 'learning') await measureLearning(options.includes('long'));
  if (area === undefined || area === 'metering') await measureMetering();
  if (area === undefined || area === 'pixel') await measurePixels(options.includes('long'));
}
