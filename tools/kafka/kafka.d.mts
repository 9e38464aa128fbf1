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
  /** Further doors by their names, beside the plain one that the broker is proven by. Not in a container. */
  readonly listeners?: Readonly<Record<string, KafkaListener>>;
  /** Who may sign in by SCRAM-SHA-512, with his password, from the first start on. */
  readonly users?: Readonly<Record<string, string>>;
  /** Default 90 s. */
  readonly startWithinMs?: number;
}

export interface KafkaListener {
  readonly protocol: 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';
  readonly port: number;
  /** Where clients are sent from here, when that is somebody who stands between. */
  readonly advertisedPort?: number;
}

export function startKafka(options?: KafkaOptions): Promise<KafkaBroker>;
export function installKafka(): Promise<string>;
export function kafkaVersion(): Promise<string>;
export function kafkaAvailable(): Promise<boolean>;
export function whyUnavailable(): Promise<string | undefined>;
