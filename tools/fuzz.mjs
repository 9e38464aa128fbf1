// `npm run fuzz -- [TARGET] [--minutes 10] [--seed N]`: mutated inputs for parsers of bytes from outside, for as long as is
// asked, each target in turn; without a target all of them. A finding prints its input in base64: put it into the corpus.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const USAGE = 'npm run fuzz -- [TARGET] [--minutes 10] [--seed 4711]; targets: tools/fuzz/targets.ts';

/** @returns what it was called with; ends the process, with a word on how it is called, where that was wrong. */
function called() {
  try {
    const seed = String(Date.now() % 1e9);
    const options = { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: seed } };
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    console.error(process.argv.includes('--help') ? USAGE : `${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}
const { values, positionals } = called();
const [target, ...more] = positionals;
const isName = target === undefined || /^[a-z]+$/.test(target);
if (more.length > 0 || !isName || !(Number(values.minutes) > 0) || !/^\d{1,9}$/.test(values.seed)) {
  console.error(USAGE);
  process.exit(2);
}
console.log(`${target ?? 'all targets'}, ${values.minutes} minutes each, seed ${values.seed}`);
const { status } = spawnSync('npm', ['run', '-s', 'jest', '--', 'tools/fuzz/fuzz.spec', '-t', 'read or refuse'], {
  cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  env: {
    ...process.env,
    HETAO_FUZZ_MINUTES: values.minutes,
    HETAO_FUZZ_SEED: values.seed,
    ...(target === undefined ? {} : { HETAO_FUZZ_TARGET: target }),
  },
  stdio: 'inherit',
});
process.exit(status ?? 1);
