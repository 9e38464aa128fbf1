import { Controller, Get, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public, SERVICE_CONFIG } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { PeerTokens } from '../peer/peer.tokens.js';
import { DSP_ROOT_PATH } from '../wire/context.js';
import { versionFile } from './version-file.js';

/** What anybody may read who wants to trade with us: the versions we speak, and the keys we sign tokens with. */
@Controller(DSP_ROOT_PATH)
@Public()
@ApiExcludeController()
export class VersionController {
  readonly #config: DataspaceConfig;
  readonly #tokens: PeerTokens;

  constructor(@Inject(SERVICE_CONFIG) config: DataspaceConfig, tokens: PeerTokens) {
    this.#config = config;
    this.#tokens = tokens;
  }

  @Get('.well-known/dspace-version')
  dataspaceVersions() {
    return versionFile(this.#config);
  }

  @Get('keys')
  dataspaceKeys() {
    return this.#tokens.publicKeys();
  }
}
