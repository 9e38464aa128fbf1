export { startPlatform, type RunningPlatform } from './platform.js';
export { platformConfig, type PlatformConfig } from './platform.config.js';
