/** A running broker that this process started. */
export interface KafkaBroker {
  /** `host:port`, one entry. */
  readonly brokers: readonly string[];
  readonly pid: number | undefined;
  readonly logFile: string;
  /** Stops it and removes its data when no `dataDir` was given. */
  stop(): Promise<void>;
  /** SIGKILL; the data stays. */
  kill(): Promise<void>;
  /** Starts again on the same port with the same data. */
  restart(): Promise<void>;
  /** Freezes the process (SIGSTOP): connections stay open and nothing answers. */
  pause(): void;
  resume(): void;
}

export interface KafkaOptions {
  /** Kept after `stop`; without it a temporary folder is used and removed. */
  readonly dataDir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Default 512. */
  readonly heapMb?: number;
  /** For a broker of minutes: cheap to start, slower under load for hours. Default false. */
  readonly shortLived?: boolean;
  /** Broker settings on top of ours. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Default 90 s. */
  readonly startWithinMs?: number;
}

export function startKafka(options?: KafkaOptions): Promise<KafkaBroker>;
export function installKafka(): Promise<string>;
export function kafkaVersion(): Promise<string>;
export function kafkaAvailable(): Promise<boolean>;
export function whyUnavailable(): Promise<string | undefined>;
