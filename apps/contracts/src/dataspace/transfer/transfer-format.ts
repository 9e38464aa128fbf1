import { err, ok, type Result } from '@hetao/kernel';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';

/** How data reaches the consumer; the last is our own: the consumer's work comes to the data. */
export const transferFormats = ['HttpData-PULL', 'HttpData-PUSH', 'HetaoSandboxSession'] as const;
export type TransferFormat = (typeof transferFormats)[number];

/** What an address of ours opens: the deliveries of an agreement, or sessions beside its data. */
export type Opening = 'delivery' | 'sandbox_session';

/** The kind of product whose data stays where it is. */
const COMPUTE_TO_DATA = 'compute';

/** How a product of this kind may be had. A seeded agreement knows no product, and gives bytes. */
export function formatsOf(productKind: string | null): readonly TransferFormat[] {
  return productKind === COMPUTE_TO_DATA ? ['HetaoSandboxSession'] : ['HttpData-PULL', 'HttpData-PUSH'];
}

/** What a transfer in this format opens. */
export function openingOf(format: string): Opening {
  return format === 'HetaoSandboxSession' ? 'sandbox_session' : 'delivery';
}

/** Whether the provider gives an address when it starts a transfer; a push goes to the consumer's instead. */
export function givesAddress(format: string): boolean {
  return format === 'HttpData-PULL' || format === 'HetaoSandboxSession';
}

/**
 * Whether data of a product can be had in this way.
 *
 * @param pushTo where the consumer wants it pushed, null where it names no address.
 * @returns DSP_FORMAT_NOT_SUPPORTED with what would be possible.
 */
export function checkFormat(
  format: string,
  pushTo: object | null,
  productKind: string | null,
): Result<null, DataspaceError> {
  const known = transferFormats.find((one) => one === format);
  const possible = formatsOf(productKind);
  if (known === undefined || !possible.includes(known)) {
    return refused(`"${format}" is no format of this dataset; it is given as ${possible.join(' or ')}.`);
  }
  const isPush = format === 'HttpData-PUSH';
  if (isPush && pushTo === null) return refused('A push needs a dataAddress to push to.');
  if (!isPush && pushTo !== null) return refused(`${format} takes no dataAddress: the provider gives one.`);
  return ok(null);
}

function refused(detail: string): Result<never, DataspaceError> {
  return err(dataspaceErrors.DSP_FORMAT_NOT_SUPPORTED(detail));
}
