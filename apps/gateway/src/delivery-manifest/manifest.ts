/** A file as one recipient is given it. Hashes are SHA-256 in lower-case hexadecimal. */
export interface DeliveredFile {
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** Bytes of every piece but the last, which may be shorter. */
  readonly pieceLength: number;
  readonly pieces: readonly string[];
  /** As the merchant's service said it, for If-Range; null where it said none. */
  readonly etag: string | null;
  readonly mediaType: string | null;
}

/** What the exchange says, and signs, about a file and who is given it. */
export interface Manifest {
  /** `dmf_…` */
  readonly id: string;
  readonly agreementId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly buyerId: string;
  readonly purpose: string;
  /** Path and query behind the agreement. */
  readonly path: string;
  readonly file: DeliveredFile;
  readonly issuedAt: Date;
}

/** As it is kept: with what was signed, a JWS in compact form. */
export type SignedManifest = Manifest & { readonly jws: string };
