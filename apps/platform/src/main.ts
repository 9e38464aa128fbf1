import { createLogger, environment, loadConfig, superviseProcess } from '@hetao/runtime';
import { platformConfig } from './platform.config.js';
import { startPlatform, type RunningPlatform } from './platform.js';

const EXIT_FAILED = 1;

try {
  const env = environment();
  const config = loadConfig(platformConfig, env);
  const logger = createLogger({ service: 'platform', level: config.LOG_LEVEL });
  const running: RunningPlatform[] = [];
  // Supervised before it starts, so that a signal during a long first start is heard as well.
  const supervision = superviseProcess(async () => {
    for (const platform of running) await platform.stop();
  }, logger);
  const platform = await startPlatform(config, env, (error) => supervision.fatal(error));
  running.push(platform);
  logger.info({ url: platform.url }, 'Serving');
  // `npm start` waits for this word before it opens the demo.
  process.send?.({ ready: platform.url });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(EXIT_FAILED);
}
