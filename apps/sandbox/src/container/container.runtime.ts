import { execFile, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { SandboxConfig } from '../sandbox.config.js';
import { containerPod, type ContainerLanguage } from './container-pod.js';
import { whyNoContainers } from './cluster.probe.js';
import { containerErrors, type ContainerError } from './container.errors.js';

const KUBECTL = ['/usr/bin/kubectl', '/usr/local/bin/kubectl'];
const ASK_MS = 10_000;
const MOST_ANSWER = 4 * 1024 ** 2;
/** Nothing of our own environment goes with it. */
const BARE = { PATH: '/usr/bin:/bin', HOME: '/tmp' };
const run = promisify(execFile);

/** Containers of the cluster this service runs in, reached by the cluster's own client with the right to make pods, and no more. */
@Injectable()
export class ContainerRuntime {
  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: SandboxConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Tried when a job comes in, and again before it runs. @returns CONTAINER_RUNTIME_MISSING, with the reason. */
  async probe(language: ContainerLanguage): Promise<Result<null, ContainerError>> {
    const ask = (...words: readonly string[]) => askCluster(this.config.SANDBOX_CLUSTER_CONFIG, words);
    const why = await whyNoContainers(this.#imageOf(language), ask, this.clock.now());
    return why === null
      ? ok(null)
      : err(containerErrors.CONTAINER_RUNTIME_MISSING(`Code in ${language} runs in containers only: ${why}.`));
  }

  /**
   * Starts a container that reads its order and writes its records as our own workers do. Ended or not, its pod is gone when
   * its time is over.
   */
  start(
    language: ContainerLanguage,
    order: { readonly reads: readonly string[]; readonly timeoutMs: number },
  ): ChildProcessWithoutNullStreams {
    const {
      SANDBOX_DATA_DIR: folder,
      SANDBOX_ENCLAVE_CLAIM: claim,
      SANDBOX_WORKER_MEMORY_MIB: memoryMib,
    } = this.config;
    const name = `hetao-worker-${randomUUID()}`;
    const image = this.#imageOf(language) ?? '';
    const reads = order.reads.map((path) => ({ path, inClaim: relative(folder, path) }));
    const pod = containerPod({ name, image, claim, reads, memoryMib, timeoutMs: order.timeoutMs });
    const how = ['--restart=Never', '--stdin', '--rm', '--quiet', '--override-type=strategic'];
    const cluster = `--kubeconfig=${this.config.SANDBOX_CLUSTER_CONFIG ?? ''}`;
    return spawn(kubectl(), [cluster, 'run', name, `--image=${image}`, ...how, `--overrides=${JSON.stringify(pod)}`], {
      env: BARE,
      detached: true,
      stdio: 'pipe',
    });
  }

  #imageOf(language: ContainerLanguage): string | undefined {
    return language === 'python' ? this.config.SANDBOX_PYTHON_IMAGE : this.config.SANDBOX_R_IMAGE;
  }
}

/** @throws Error saying why the cluster does not answer. */
async function askCluster(kubeconfig: string | undefined, words: readonly string[]): Promise<unknown> {
  if (kubeconfig === undefined) throw new Error('this service runs in no cluster that it may ask');
  const command = kubectl();
  try {
    const how = [`--kubeconfig=${kubeconfig}`, '--output=json', `--request-timeout=${ASK_MS / 2}ms`];
    const { stdout } = await run(command, ['get', ...words, ...how], {
      ...{ timeout: ASK_MS, maxBuffer: MOST_ANSWER, env: BARE },
    });
    return JSON.parse(stdout);
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(stderr.trim().split('\n').at(-1)?.slice(0, 200) || 'the cluster did not answer', { cause: error });
  }
}

function kubectl(): string {
  const found = KUBECTL.find((path) => existsSync(path));
  if (found === undefined) throw new Error('kubectl is not installed');
  return found;
}
