/** The bare log, for what measures it; services log by events, and everybody else over HTTP. */
export { LogRepository, readTiles } from './log.repository.js';
export { nativeTree } from './native.hasher.js';
export { SealLog } from './seal-log.use-cases.js';
export { cachedTiles } from './tile-cache.js';
