import { Injectable } from '@nestjs/common';
import { ok, type DomainError, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { checkTarget } from '../routing/request-target.js';
import { LicensedFileReader, type FileWish } from './licensed-file.reader.js';
import type { SignedManifest } from './manifest.js';
import { ManifestRepository } from './manifest.repository.js';
import { ManifestSigner } from './manifest.signer.js';

/**
 * Has a file read once and signs what it is: so that its recipient can check every range he fetches, and so that whoever
 * finds a copy can tell whose it is. A merchant's service that marks copies by `hetao-agreement` makes that one recipient;
 * of one that does not, everybody who was given the same bytes.
 */
@Injectable()
export class IssueManifest {
  readonly #files: LicensedFileReader;
  readonly #signer: ManifestSigner;
  readonly #manifests: ManifestRepository;
  readonly #uow: UnitOfWork;

  constructor(files: LicensedFileReader, signer: ManifestSigner, manifests: ManifestRepository, uow: UnitOfWork) {
    this.#files = files;
    this.#signer = signer;
    this.#manifests = manifests;
    this.#uow = uow;
  }

  /** @returns the manifest of these bytes under this agreement; the one there is, where there is one. */
  async execute(wish: FileWish): Promise<Result<SignedManifest, DomainError>> {
    const target = checkTarget(wish.path);
    if (!target.ok) return target;
    const read = await this.#files.read(wish);
    if (!read.ok) return read;
    const { permit, file } = read.value;
    const { agreementId, productId, merchantId, buyerId } = permit.grant;
    const parties = { agreementId, productId, merchantId, buyerId, purpose: permit.purpose };
    const manifest = this.#signer.sign({ ...parties, path: wish.path, file });
    return ok(await this.#uow.run((tx) => this.#manifests.keep(tx, manifest)));
  }
}
