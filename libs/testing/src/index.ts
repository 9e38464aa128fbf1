export { idIn, press, reading, settled, type Member, type Reader } from './browser/reader.js';
export {
  approveTable,
  comesTrue,
  downloadBy,
  endSession,
  openSession,
  runByHand,
  submitTable,
  writeByHand,
} from './browser/sandbox-pages.js';
export { callerToken, testCallerKeys, type TestCaller, type TestCallerKeys } from './caller-token.js';
export { testAuthority, type TestAuthority, type TestCertificate } from './certificates.js';
export { describeWithBrowser } from './chromium.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export {
  exchangeEnvironment,
  exchangeServices,
  startExchange,
  type ExchangeProcesses,
  type ExchangeService,
} from './exchange.js';
export { sendTwice, type KeyedAnswer } from './send-twice.js';
export { ServiceProcess, type ServiceProcessOptions } from './service-process.js';
export { freePort } from './free-port.js';
export { given, type Given, type Outcome } from './given-when-then.js';
export { describeWithKafka, kafkaBrokers, startKafka } from './kafka.js';
export { manualClock, type ManualClock, type Span } from './manual-clock.js';
export { startPublisher, type Publisher } from './publisher.js';
export {
  emptyDatabase,
  forge,
  startPostgres,
  testDatabase,
  type EmptyDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
  type TestPostgres,
} from './postgres.js';
