import { err, ok, type Result } from '@hetao/kernel';
import { partyOf, type Agreement, type AgreementParty, type Signer } from './agreement.js';
import { agreementErrors, type AgreementError } from './agreement.errors.js';

/** Who acts on an agreement, with what he may act as. */
export interface AgreementActor extends Signer {
  readonly displayName: string;
  readonly personas: readonly string[];
}

/** The agreement and the side the actor may act for; to everybody else it does not exist. */
export function actingParty<A extends Pick<Agreement, 'id' | 'merchantId' | 'buyerId'>>(
  agreement: A | null,
  id: string,
  { organisationId, personas }: AgreementActor,
): Result<{ agreement: A; party: AgreementParty }, AgreementError> {
  const party = agreement && partyOf(agreement, organisationId);
  if (agreement === null || party === null) {
    return err(agreementErrors.AGREEMENT_UNKNOWN(`Your organisation has no agreement ${id}.`));
  }
  if (personas.includes(party)) return ok({ agreement, party });
  return err(
    agreementErrors.AGREEMENT_ROLE_NEEDED(
      `Your organisation is the ${party} of agreement ${id}, but you have only the role ${personas.join(', ')}.`,
      { meta: { needed: party } },
    ),
  );
}

/** The person without what he may act as: what history keeps of him. */
export function signerOf({ subject, organisationId }: AgreementActor): Signer {
  return { subject, organisationId };
}
