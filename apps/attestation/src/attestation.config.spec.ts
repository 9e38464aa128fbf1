import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '@hetao/runtime';
import { attestationConfig } from './attestation.config.js';

describe('the settings', () => {
  it('run a demo by themselves, and never production', () => {
    expect(loadConfig(attestationConfig, {}).ATTESTATION_LOG_KEY.crv).toBe('Ed25519');
    expect(() => loadConfig(attestationConfig, { NODE_ENV: 'production' })).toThrow('ATTESTATION_LOG_KEY');
    expect(() => loadConfig(attestationConfig, { NODE_ENV: 'production' })).toThrow('ATTESTATION_WITNESS_KEY');
  });

  it.each([
    ['ATTESTATION_LOG_KEY', '{"kty":"EC"}'],
    ['ATTESTATION_LOG_KEY', 'not json'],
    ['ATTESTATION_ORIGIN', 'two words'],
    ['ATTESTATION_PEER_URL', 'ftp://x'],
    ['ATTESTATION_PEER_LOG_KEY', 'x+00000000+AAAA'],
    ['ATTESTATION_PEER_INTERVAL_MS', '0'],
  ])('refuse %s=%s', (name, value) => {
    expect(() => loadConfig(attestationConfig, { [name]: value })).toThrow(name);
  });
});
