// `npm run vulnerabilities`: asks the registry which packages have known holes. A registry without an advisory service can't
// be asked: that is said plainly, and is no answer.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXIT_NOT_ASKED = 3;
const { stdout, stderr } = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
  cwd: dirname(dirname(fileURLToPath(import.meta.url))),
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
const report = (() => {
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
})();
if (report.metadata?.vulnerabilities === undefined) {
  const why = report.message ?? stderr.trim().split('\n').at(-1) ?? 'no answer';
  console.error(
    `Not checked: the registry has no advisory service, or it did not answer.\n  ${why.replace(/https?:\/\/\S+/, '…')}`,
  );
  process.exit(EXIT_NOT_ASKED);
}
const { critical, high, moderate, low } = report.metadata.vulnerabilities;
for (const [name, { severity, via }] of Object.entries(report.vulnerabilities ?? {}))
  console.log(`${severity.padEnd(9)} ${name}: ${via.map((one) => one.title ?? one).join(', ')}`);
console.log(`${critical} critical, ${high} high, ${moderate} moderate, ${low} low`);
process.exit(critical + high > 0 ? 1 : 0);
