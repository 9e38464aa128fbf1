import { createLogger, environment, loadConfig, superviseProcess, type Supervision } from '@hetao/runtime';
import { platformConfig } from './platform.config.js';
import { startPlatform } from './platform.js';

const EXIT_FAILED = 1;

try {
  const env = environment();
  const config = loadConfig(platformConfig, env);
  const logger = createLogger({ service: 'platform', level: config.LOG_LEVEL });
  let supervision: Supervision | undefined;
  const platform = await startPlatform(config, env, (error) => supervision?.fatal(error));
  supervision = superviseProcess(() => platform.stop(), logger);
  logger.info({ url: platform.url }, 'Serving');
  // `npm start` waits for this word before it opens the demo.
  process.send?.({ ready: platform.url });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(EXIT_FAILED);
}
