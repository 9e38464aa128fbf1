import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { banner } from './banner.js';
import { bannerWords, languageOf, type BannerWords } from './banner.words.js';
import { DEMO_PASSWORD } from './cast.js';
import { demoKeysOfTheExchange } from './demo-accounts.js';
import { makeWorld, type DemoCounts } from './make-world.js';

export interface OpenDemoOptions {
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly logFile: string;
  /** `performance.now()` at the first line of `npm start`. */
  readonly startedAt: number;
  /** Nothing is made, nobody is known: DEMO=0. */
  readonly empty: boolean;
}

/** The compiled file lies in .hetao/dist/tools/demo/src, five folders below the repository. */
const packageFile = new URL('../../../../../package.json', import.meta.url);

/**
 * Makes the demo world (or finds it made) and says where everything is. Never throws for what goes wrong in the
 * making: an exchange with half a demo is still an exchange.
 */
export async function openDemo({ baseUrl, dataDir, logFile, startedAt, empty }: OpenDemoOptions): Promise<void> {
  const language = languageOf(process.env['LC_ALL'] || process.env['LANG']);
  const counts = empty ? undefined : await tryToMake({ baseUrl, dataDir, logFile }, bannerWords[language]);
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const facts = {
    language,
    version,
    baseUrl,
    dataDir: relative(process.cwd(), dataDir) || '.',
    logFile: relative(process.cwd(), logFile),
    seconds: ((performance.now() - startedAt) / 1000).toFixed(1),
    password: DEMO_PASSWORD,
    counts,
  };
  const rest = empty ? { setupLink: setupLinkIn(logFile) } : { apiKey: demoKeysOfTheExchange.auditor };
  process.stdout.write(`${banner({ ...facts, ...rest })}\n`);
}

async function tryToMake(
  { baseUrl, dataDir, logFile }: Pick<OpenDemoOptions, 'baseUrl' | 'dataDir' | 'logFile'>,
  words: BannerWords,
): Promise<DemoCounts | undefined> {
  try {
    return await makeWorld({
      baseUrl,
      operatorKey: demoKeysOfTheExchange.operator,
      officerKey: demoKeysOfTheExchange.officer,
      folder: dataDir,
      screen: process.stdout,
      words,
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const log = relative(process.cwd(), logFile);
    process.stderr.write(`\n  ${words.incomplete(why)}\n  ${words.runsAnyway(log)}\n`);
    return undefined;
  }
}

/** The gateway writes the link to its log and nowhere else. */
function setupLinkIn(logFile: string): string | undefined {
  return /https?:\/\/[^\s"]+\/setup\?token=[\w-]+/.exec(readFileSync(logFile, 'utf8'))?.[0];
}
