// Brings Apache Kafka from Maven Central into `.hetao/kafka/<version>/libs`, once.
import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
/** Where every generated thing of this tool lives. */
export const stateDir = join(dirname(dirname(here)), '.hetao', 'kafka');

const DOWNLOAD_TIMEOUT_MS = 600_000;
const VERSION_TIMEOUT_MS = 20_000;
const JAVA_AT_LEAST = 17;

/** The pom is the one place that names a version. */
export async function kafkaVersion() {
  const pom = await readFile(join(here, 'pom.xml'), 'utf8');
  return /<kafka\.version>([^<]+)</.exec(pom)[1];
}

export const javaCommand = () => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java');

async function javaMajor() {
  try {
    const { stderr } = await run(javaCommand(), ['-version'], { timeout: VERSION_TIMEOUT_MS });
    return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function works(command, args) {
  return run(command, args, { timeout: VERSION_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}

async function libsDir() {
  return join(stateDir, await kafkaVersion(), 'libs');
}

async function installed() {
  const libs = await libsDir();
  return access(libs).then(
    () => true,
    () => false,
  );
}

/** Why no broker can be started on this machine, in one sentence, or undefined when one can. */
export async function whyUnavailable() {
  const java = await javaMajor();
  if (java < JAVA_AT_LEAST)
    return `Java ${JAVA_AT_LEAST} or newer is needed${java ? `, this is Java ${java}` : ', none was found'}.`;
  if (await installed()) return undefined;
  if (!(await works('mvn', ['--version'])))
    return 'Apache Kafka has not been fetched yet and Maven (mvn) was not found to fetch it.';
  return undefined;
}

/**
 * Fetches the broker's jars unless they are there, and returns their folder. They are copied aside and renamed, so a
 * download that was cut off leaves nothing that looks whole, and two at once do no harm.
 */
export async function installKafka() {
  const libs = await libsDir();
  if (await installed()) return libs;
  await mkdir(stateDir, { recursive: true });
  const draft = await mkdtemp(join(stateDir, '.fetching-'));
  try {
    await fetchJars(draft);
    await mkdir(dirname(libs), { recursive: true });
    await rename(join(draft, 'libs'), libs);
  } catch (error) {
    if (!(await installed())) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return libs;
}

async function fetchJars(draft) {
  const args = ['-B', '-q', '-f', join(here, 'pom.xml'), 'dependency:copy-dependencies'];
  args.push('-DincludeScope=runtime', `-DoutputDirectory=${join(draft, 'libs')}`);
  try {
    await run('mvn', args, { timeout: DOWNLOAD_TIMEOUT_MS, maxBuffer: 16 << 20 });
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-5).join('\n');
    throw new Error(
      `Maven could not fetch Apache Kafka (${error.code ?? error.signal}). Is Maven Central reachable?\n${said}`,
      { cause: error },
    );
  }
}
