import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './device.rules.js';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X)';
const LIKE_GECKO = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const APPLE_LIKE_GECKO = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

const BROWSERS: readonly (readonly [agent: string, browser: string, system: string])[] = [
  [`${WINDOWS} ${LIKE_GECKO} Chrome/148.0.0.0 Safari/537.36`, 'Chrome 148', 'Windows'],
  [`${WINDOWS} ${LIKE_GECKO} Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0`, 'Microsoft Edge 147', 'Windows'],
  [`${WINDOWS} ${LIKE_GECKO} Chrome/146.0.0.0 Safari/537.36 OPR/130.0.0.0`, 'Opera 130', 'Windows'],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140', 'Linux'],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${LIKE_GECKO} Chrome/147.0.0.0 Safari/537.36`, 'Chrome 147', 'Chrome OS'],
  [`${MAC} ${APPLE_LIKE_GECKO} Version/26.4 Safari/605.1.15`, 'Safari', 'macOS'],
  [`${IPHONE} ${APPLE_LIKE_GECKO} Version/26.4 Mobile/15E148 Safari/604.1`, 'Safari', 'iPhone'],
  [`${IPHONE} ${APPLE_LIKE_GECKO} CriOS/148.0.7778.73 Mobile/15E148 Safari/604.1`, 'Chrome 148', 'iPhone'],
  [`${IPHONE} ${APPLE_LIKE_GECKO} Mobile/15E148 MicroMessenger/8.0.60(0x18003c31) NetType/WIFI`, 'WeChat 8', 'iPhone'],
  [
    `Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) ${APPLE_LIKE_GECKO} Version/17.7 Mobile/15E148 Safari/604.1`,
    'Safari',
    'iPad',
  ],
  [`Mozilla/5.0 (Linux; Android 10; K) ${LIKE_GECKO} Chrome/148.0.0.0 Mobile Safari/537.36`, 'Chrome 148', 'Android'],
  [
    `Mozilla/5.0 (Phone; OpenHarmony 5.0) ${LIKE_GECKO} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300`,
    'Huawei Browser 5',
    'HarmonyOS',
  ],
];

describe('what somebody is signed in with', () => {
  it.each(BROWSERS)('%s', (agent, browser, system) => {
    expect(deviceOf(agent)).toEqual({ kind: 'browserOn', browser, system });
  });

  it('is a browser by itself where its system is not told', () => {
    expect(deviceOf('Mozilla/5.0 (rv:140.0) Gecko/20100101 Firefox/140.0')).toEqual({
      kind: 'named',
      name: 'Firefox 140',
    });
  });

  it('is the exchange’s own command line with the machine it runs on', () => {
    expect(deviceOf('hetao on lab-7.university.example')).toEqual({
      kind: 'commandLine',
      host: 'lab-7.university.example',
    });
  });

  it('is a programme by its name and version, or as it calls itself', () => {
    expect(deviceOf('curl/8.14.1')).toEqual({ kind: 'named', name: 'curl 8' });
    expect(deviceOf('python-requests/2.32.3')).toEqual({ kind: 'named', name: 'python-requests 2' });
    expect(deviceOf('node')).toEqual({ kind: 'named', name: 'node' });
    expect(deviceOf('Mozilla/5.0')).toEqual({ kind: 'named', name: 'Mozilla/5.0' });
  });

  it('is not known where nothing was said', () => {
    expect(deviceOf('')).toEqual({ kind: 'unknown' });
    expect(deviceOf('  ')).toEqual({ kind: 'unknown' });
  });
});
