import { Injectable } from '@nestjs/common';
import { err, ok, seesEveryTenant, seesTenant, type Reader, type Result } from '@hetao/kernel';
import { afterCursor, cursorPage, type Page } from '@hetao/runtime';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { TransferRecords } from './transfer-records.js';
import {
  toTransferDetailDto,
  toTransferDto,
  type TransferDetailDto,
  type TransferDto,
  type TransferQueryDto,
} from './transfer.dto.js';
import { transferErrors, type TransferError } from './transfer.errors.js';
import { transferFrom, type StoredTransfer } from './transfer.repository.js';
import { readAddress } from './transfer.wire.js';
import type { PushAddress, Transfer } from './transfer.js';

/** Reads transfers as their reader may see them, newest first. */
@Injectable()
export class TransferQueries {
  readonly #records: TransferRecords;

  constructor(records: TransferRecords) {
    this.#records = records;
  }

  async list(query: TransferQueryDto, reader: Reader): Promise<Page<TransferDto>> {
    const before = afterCursor(query.cursor, {})?.[0] ?? null;
    const organisation = seesEveryTenant(reader) ? null : reader.organisationId;
    const rows = await this.#records.transfers.page(
      organisation,
      before === null ? null : String(before),
      query.limit + 1,
    );
    const page = cursorPage(rows, query.limit, (row) => [row.id], {});
    return { ...page, data: page.data.map((row) => toTransferDto(transferFrom(row))) };
  }

  async get(id: string, reader: Reader): Promise<Result<TransferDetailDto, TransferError>> {
    const found = await this.#seen(id, reader);
    if (!found.ok) return found;
    return ok(toTransferDetailDto(transferFrom(found.value), await this.#records.transfers.steps(id)));
  }

  /** Where the data is, with the provider's token: for the organisation that asked for it, and nobody else. */
  async address(id: string, reader: Reader): Promise<Result<PushAddress, TransferError>> {
    const found = await this.#seen(id, reader);
    if (!found.ok) return found;
    const { organisationId, addressSealed, role } = found.value;
    if (organisationId !== reader.organisationId || role !== 'consumer') return unknown(id);
    const address =
      addressSealed === null ? null : readAddress(JSON.parse(await this.#records.addresses.open(addressSealed)));
    if (address?.ok === true) return ok(address.value);
    const detail = address === null ? 'None has come.' : address.error.detail;
    return err(transferErrors.TRANSFER_WITHOUT_ADDRESS(`Transfer ${id} has no usable address: ${detail}`));
  }

  /** A transfer with this peer; to everybody else it does not exist. */
  async withPeer(pid: string, peerId: string): Promise<Result<Transfer, DataspaceError>> {
    const stored = await this.#records.transfers.byPid(pid);
    if (stored?.peerId === peerId) return ok(transferFrom(stored));
    return err(dataspaceErrors.DSP_UNKNOWN_PROCESS(`There is no transfer ${pid} of yours.`));
  }

  async #seen(id: string, reader: Reader): Promise<Result<StoredTransfer, TransferError>> {
    const stored = await this.#records.transfers.byId(id);
    return stored !== undefined && seesTenant(reader, stored.organisationId) ? ok(stored) : unknown(id);
  }
}

function unknown(id: string): Result<never, TransferError> {
  return err(transferErrors.TRANSFER_UNKNOWN(`There is no transfer ${id} that you may see.`));
}
