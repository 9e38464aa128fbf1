import { Inject, Injectable } from '@nestjs/common';
import { newId, type Clock } from '@hetao/kernel';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { contextCodec, type DeliveryContextCodec } from '../delivery/delivery-context.codec.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { Manifest, SignedManifest } from './manifest.js';

/** Signs manifests for this exchange, now. */
@Injectable()
export class ManifestSigner {
  readonly #codec: DeliveryContextCodec;
  readonly #clock: Clock;

  constructor(@Inject(SERVICE_CONFIG) config: GatewayConfig, @Inject(CLOCK) clock: Clock) {
    this.#codec = contextCodec(config);
    this.#clock = clock;
  }

  /** As a JWS to be kept, which does not run out. Sizes in bytes, hashes SHA-256 in hexadecimal. */
  sign(said: Omit<Manifest, 'id' | 'issuedAt'>): SignedManifest {
    const manifest: Manifest = { ...said, id: newId('dmf'), issuedAt: this.#clock.now() };
    const { id, agreementId, productId, merchantId, buyerId, purpose, path, file, issuedAt } = manifest;
    const { size, sha256, pieceLength, pieces, etag, mediaType } = file;
    const jws = this.#codec.signAs('hetao-manifest+jwt', {
      ...{ sub: buyerId, jti: id, iat: Math.floor(issuedAt.getTime() / 1_000) },
      ...{ agreement: agreementId, product: productId, merchant: merchantId, purpose, path },
      file: { size, 'sha-256': sha256, etag, media_type: mediaType, piece_length: pieceLength, pieces },
    });
    return { ...manifest, jws };
  }
}
