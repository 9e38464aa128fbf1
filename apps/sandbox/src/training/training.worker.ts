import { createInterface } from 'node:readline';
import {
  accuracyOf,
  aucOf,
  calibrationOf,
  confusionOf,
  cutRelease,
  decodeWeights,
  encodeGrid,
  encodeWeights,
  judge,
  membershipTest,
  Network,
  parameterCount,
  patientLosses,
  patientsOf,
  privateRound,
  secureRandom,
  seededRandom,
  shuffled,
  splitPatients,
  type Architecture,
  type PatientTable,
} from '@hetao/learning';
import { readTable } from './training-table.reader.js';
import type { Assessment, LoadOrder, WorkerAnswer, WorkerOrder } from './worker-protocol.js';

/** The same patients judge at every start: a model must not be judged by those another start trained it on. */
const PARTING_SEED = 20_261_123;

/** A process that holds one table and answers one order a line. It has no disk but the table, and no network. */
type Answer = Omit<WorkerAnswer, 'cpuMs' | 'peakKib'>;
let tables: readonly [PatientTable, PatientTable] | undefined;
const noise = secureRandom();

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await answerTo(JSON.parse(line) as LoadOrder | WorkerOrder).catch((error: unknown) => {
    // Only its own words: a library's message may quote a value of the data.
    return { refused: error instanceof Error ? error.message.slice(0, 300) : 'It failed.' };
  });
  process.stdout.write(`${JSON.stringify({ ...answer, ...counters() } satisfies WorkerAnswer)}\n`);
}

async function answerTo(order: LoadOrder | WorkerOrder): Promise<Answer> {
  if (!('do' in order)) return load(order);
  if (tables === undefined) throw new Error('No table is loaded.');
  const [training, held] = tables;
  const network = new Network(order.architecture, weightsOf(order.architecture, order.weights));
  switch (order.do) {
    case 'round':
      return { vector: base64(encodeGrid(privateRound(network, training, order.privacy, noise))) };
    case 'assess':
      return { assessment: assess(network, training, held) };
    case 'cut': {
      const { width, vectors, labels } = cutRelease(network, training, order.plan, noise);
      return { cut: { width, vectors: base64(encodeGrid(vectors)), labels: base64(encodeWeights(labels)) } };
    }
  }
}

async function load({ file, sha256, reading, trainingShare }: LoadOrder): Promise<Answer> {
  const table = await readTable(file, sha256, reading);
  const patients = patientsOf(table);
  tables = splitPatients(table, trainingShare, shuffled(seededRandom(PARTING_SEED), patients));
  return { loaded: { patients } };
}

function assess({ architecture, weights }: Network, training: PatientTable, held: PatientTable): Assessment {
  const judged = judge(architecture, weights, held);
  return {
    accuracy: accuracyOf(judged),
    auc: aucOf(judged),
    confusion: confusionOf(judged),
    calibration: calibrationOf(judged),
    heldOutPatients: patientsOf(held),
    membership: membershipTest(
      patientLosses(architecture, weights, training),
      patientLosses(architecture, weights, held),
    ),
  };
}

function weightsOf(architecture: Architecture, text: string): Float32Array {
  return decodeWeights(Buffer.from(text, 'base64'), parameterCount(architecture));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Of the whole process, as the kernel counts it. */
function counters(): Pick<WorkerAnswer, 'cpuMs' | 'peakKib'> {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: Math.round((userCPUTime + systemCPUTime) / 1000), peakKib: maxRSS };
}
