import type { ErrorItem } from '@hetao/kernel';
import type { ProductCard, Provenance, RegistrationCertificate } from './product-card.js';

/** The longest a registration of data property rights holds (NDA 2026 No. 35): five years. */
const REGISTRATION_YEARS = 5;

/** What a card says that cannot be, whatever the product; `pointer` begins at the card's own place. */
export function cardFaults(card: ProductCard, pointer: string): ErrorItem[] {
  return [
    ...duplicates(card, pointer),
    ...(card.provenance === null ? [] : graphFaults(card.provenance, `${pointer}/provenance`)),
    ...(card.registrationCertificate === null
      ? []
      : registrationFaults(card.registrationCertificate, `${pointer}/registration_certificate`)),
    ...card.documents.flatMap(({ issuedOn, validUntil }, index) =>
      validUntil !== null && validUntil < issuedOn
        ? [fault(`${pointer}/documents/${index}/valid_until`, 'DATES_REVERSED', 'It would end before it was issued.')]
        : [],
    ),
  ];
}

function duplicates({ quality }: ProductCard, pointer: string): ErrorItem[] {
  const said = quality.map(({ dimension, assessor }) => `${dimension} ${assessor}`);
  return said.flatMap((key, index) =>
    said.indexOf(key) < index
      ? [fault(`${pointer}/quality/${index}`, 'ASSESSED_TWICE', 'This assessor already assessed this dimension.')]
      : [],
  );
}

/** The chain of processing is a graph without cycles whose every edge begins somewhere. */
function graphFaults({ upstream, steps }: Provenance, pointer: string): ErrorItem[] {
  const known = new Set<string>();
  const faults: ErrorItem[] = [];
  const name = (id: string, at: string) => {
    if (known.has(id)) faults.push(fault(at, 'NODE_TWICE', `"${id}" names two things.`));
    known.add(id);
  };
  upstream.forEach(({ id }, index) => name(id, `${pointer}/upstream/${index}/id`));
  // A step may begin only at what was named before it: in that order, no cycle can be written down.
  steps.forEach(({ id, from }, index) => {
    from.forEach((origin, edge) => {
      if (known.has(origin)) return;
      const detail = `"${origin}" is neither an upstream right nor an earlier step.`;
      faults.push(fault(`${pointer}/steps/${index}/from/${edge}`, 'NODE_UNKNOWN', detail));
    });
    name(id, `${pointer}/steps/${index}/id`);
  });
  return faults;
}

function registrationFaults(certificate: RegistrationCertificate, pointer: string): ErrorItem[] {
  const { registeredOn, validUntil, registrarId, holderId } = certificate;
  const latest = `${Number(registeredOn.slice(0, 4)) + REGISTRATION_YEARS}${registeredOn.slice(4)}`;
  const faults: ErrorItem[] = [];
  if (validUntil < registeredOn || validUntil > latest) {
    const detail = `A registration holds from its day for at most ${REGISTRATION_YEARS} years (NDA 2026 No. 35).`;
    faults.push(fault(`${pointer}/valid_until`, 'REGISTRATION_TERM', detail));
  }
  if (registrarId === holderId) {
    const detail = 'A registrar may not register its own data (NDA 2026 No. 35).';
    faults.push(fault(`${pointer}/registrar_id`, 'REGISTRAR_OWN_DATA', detail));
  }
  return faults;
}

function fault(pointer: string, code: string, detail: string): ErrorItem {
  return { pointer, code, detail };
}
