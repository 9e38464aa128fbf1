import { Injectable } from '@nestjs/common';
import { err, ok, type Result } from '@hetao/kernel';
import { PeerClient } from '../outbound/peer.client.js';
import { DSP_VERSION } from '../wire/context.js';
import { isLoose, listOf, propertyOf, textOf } from '../wire/read.js';
import { peerErrors, type PeerError } from './peer.errors.js';

const WELL_KNOWN = '/.well-known/dspace-version';
/** A version file is short. */
const MAX_BYTES = 64 * 1024;

/** Finds where a participant serves the protocol, by what it publishes for everybody (reference 2). */
@Injectable()
export class PeerDiscovery {
  readonly #client: PeerClient;

  constructor(client: PeerClient) {
    this.#client = client;
  }

  /**
   * @param root as its operator gave it: what `/.well-known/dspace-version` is put behind.
   * @returns its base for 2025-1 over HTTPS; PEER_WITHOUT_ANSWER where nobody answers so, PEER_VERSION_UNKNOWN where it
   *   speaks no version of ours: nothing is guessed.
   */
  async baseOf(root: string): Promise<Result<string, PeerError>> {
    const trimmed = root.replace(/\/+$/, '');
    const attempt = await this.#client.read(`${trimmed}${WELL_KNOWN}`, MAX_BYTES);
    if (attempt.kind !== 'answered') return err(peerErrors.PEER_WITHOUT_ANSWER(attempt.fault));
    if (attempt.status !== 200 || !isLoose(attempt.body)) {
      const detail = `${trimmed}${WELL_KNOWN} answered ${attempt.status} instead of a version file.`;
      return err(peerErrors.PEER_WITHOUT_ANSWER(detail, { pointer: '/root_url' }));
    }
    const versions = listOf(propertyOf(attempt.body, 'protocolVersions')).filter(isLoose);
    const ours = versions.find((one) => one['version'] === DSP_VERSION && one['binding'] === 'HTTPS');
    const path = ours === undefined ? undefined : textOf(propertyOf(ours, 'path'));
    if (path?.startsWith('/') !== true) {
      const spoken = versions.map((one) => String(one['version'])).join(', ') || 'none';
      const detail = `It publishes no ${DSP_VERSION} over HTTPS; it speaks: ${spoken.slice(0, 200)}.`;
      return err(peerErrors.PEER_VERSION_UNKNOWN(detail, { pointer: '/root_url' }));
    }
    return ok(`${trimmed}${path}`.replace(/\/+$/, ''));
  }
}
