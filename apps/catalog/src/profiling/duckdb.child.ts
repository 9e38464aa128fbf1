/**
 * A process of its own that holds an embedded DuckDB: whatever a stranger's file does to it, the service lives on. It may
 * read the files it was told of and write to its own folder, reaches nothing else, and nobody can unlock that again.
 * It stands alone, without imports of ours, so that it also runs from its sources.
 */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** The first message: what the process may use. */
export interface ChildLimits {
  readonly files: readonly string[];
  readonly tempDir: string;
  readonly memoryBytes: number;
  readonly tempBytes: number;
  readonly threads: number;
}

/** Every later message, and its answer. */
export interface ChildQuery {
  readonly id: number;
  readonly sql: string;
}
export type ChildAnswer =
  | { readonly id: number; readonly rows: readonly Record<string, unknown>[] }
  | { readonly id: number; readonly error: string }
  | { readonly progress: number }
  | { readonly ready: true };

/** DuckDB's own limit is for its buffers; the process gets this much on top before it gives up on itself. */
const ROOM_BYTES = 512 * 1024 * 1024;
const LOOK_MS = 100;
/** How the process says that it needed more memory than it may have. */
const OUT_OF_MEMORY = 137;

let connection: DuckDBConnection | undefined;

async function open({ files, tempDir, memoryBytes, tempBytes, threads }: ChildLimits): Promise<void> {
  const database = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${memoryBytes}B`,
    temp_directory: tempDir,
    max_temp_directory_size: `${tempBytes}B`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'false',
  });
  connection = await database.connect();
  const allowed = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  await connection.run(`SET allowed_paths = [${allowed}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  watch(memoryBytes + ROOM_BYTES);
}

/** Looks at memory and progress while queries run on DuckDB's own threads. */
function watch(mostBytes: number): void {
  let told = -1;
  setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) process.exit(OUT_OF_MEMORY);
    const percentage = Math.floor(connection?.progress.percentage ?? -1);
    if (percentage > told) answer({ progress: (told = percentage) });
  }, LOOK_MS).unref();
}

async function run({ id, sql }: ChildQuery): Promise<void> {
  try {
    const result = await connection?.runAndReadAll(sql);
    answer({ id, rows: result?.getRowObjectsJson() ?? [] });
  } catch (error) {
    answer({ id, error: error instanceof Error ? error.message : String(error) });
  }
}

function answer(message: ChildAnswer): void {
  process.send?.(message);
}

process.once('disconnect', () => process.exit(0));
process.once('message', (limits: ChildLimits) => {
  void open(limits).then(() => {
    process.on('message', (query: ChildQuery) => void run(query));
    answer({ ready: true });
  });
});
