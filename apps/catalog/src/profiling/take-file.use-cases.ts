import { Inject, Injectable } from '@nestjs/common';
import { DomainException, err, newId, ok, seesTenant, type Clock, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import { profileErrors, type ProfileError } from './profile.errors.js';
import type { Profile, ProfileFormat } from './profile.js';
import { ProfileRepository } from './profile.repository.js';

/** A file as its sender announces it. */
export interface AnnouncedFile {
  readonly name: string;
  readonly format: ProfileFormat;
  readonly encoding: string | null;
  readonly renewedEveryDays: number | null;
}

/** A part of a file: its place, its bytes, and whether the file ends with it. */
export interface FilePart {
  readonly offset: number;
  readonly isLast: boolean;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Bytes that become durable at once. */
const PIECE_BYTES = 4 * 1024 * 1024;
const MAX_UNDONE = 5;

/** Takes files in parts; what was taken is durable, so that an upload that breaks off goes on where it ended. */
@Injectable()
export class TakeFile {
  readonly #uow: UnitOfWork;
  readonly #profiles: ProfileRepository;
  readonly #config: CatalogConfig;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    profiles: ProfileRepository,
    @Inject(SERVICE_CONFIG) config: CatalogConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#profiles = profiles;
    this.#config = config;
    this.#clock = clock;
  }

  async begin(organisationId: string, file: AnnouncedFile): Promise<Result<Profile, ProfileError>> {
    const id = newId('prf');
    const begun = await this.#uow.runResult(async (tx) => {
      if ((await this.#profiles.countUndone(tx, organisationId)) >= MAX_UNDONE) {
        return err(profileErrors.PROFILE_TOO_MANY(`${MAX_UNDONE} files are not done yet.`));
      }
      await this.#profiles.add(tx, { id, organisationId, ...file, createdAt: this.#clock.now() });
      return ok(id);
    });
    return begun.ok ? ok(await this.get(id, { organisationId, personas: [], via: 'session' })) : begun;
  }

  /** @throws DomainException PROFILE_UNKNOWN, also where it is somebody else's. */
  async get(id: string, reader: Reader): Promise<Profile> {
    const profile = await this.#profiles.find(id);
    if (profile !== undefined && seesTenant(reader, profile.organisationId)) return profile;
    throw new DomainException(profileErrors.PROFILE_UNKNOWN(`There is no profile ${id} that you may see.`));
  }

  /** Takes a part; with the last one the file waits to be measured. Returns how far it is then. */
  async take(id: string, part: FilePart, sender: Reader): Promise<Profile> {
    const profile = await this.get(id, sender);
    if (profile.state !== 'open') throw new DomainException(profileErrors.PROFILE_RECEIVED(`It is ${profile.state}.`));
    if (profile.nextOffset !== part.offset) throw offsetWrong(profile, part.offset);
    let offset = part.offset;
    for await (const piece of pieces(part.content)) {
      if (offset + piece.length > this.#config.PROFILE_MAX_BYTES) throw tooLarge(this.#config.PROFILE_MAX_BYTES);
      const at = offset;
      const taken = await this.#uow.run((tx) => this.#profiles.append(tx, id, at, piece));
      if (!taken) throw offsetWrong(await this.get(id, sender), at);
      offset += piece.length;
    }
    if (part.isLast && !(await this.#uow.run((tx) => this.#profiles.received(tx, id, offset)))) {
      throw offsetWrong(await this.get(id, sender), offset);
    }
    return this.get(id, sender);
  }
}

/** The stream in pieces of one size, the last one shorter. */
async function* pieces(content: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

function offsetWrong({ nextOffset }: Profile, offset: number): DomainException {
  const meta = { next_offset: nextOffset };
  return new DomainException(
    profileErrors.PROFILE_OFFSET_WRONG(`The file has ${nextOffset} bytes, the part begins at ${offset}.`, { meta }),
  );
}

function tooLarge(limit: number): DomainException {
  return new DomainException(
    profileErrors.PROFILE_FILE_TOO_LARGE(`At most ${limit} bytes are profiled.`, { meta: { limit_bytes: limit } }),
  );
}
