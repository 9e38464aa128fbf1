import type { FastifyInstance } from 'fastify';

/** A media type that a service reads beside application/json. */
export interface BodyParser {
  /** As in `application/cloudevents-batch+json`; parameters such as charset are ignored. */
  readonly mediaType: string;
  /** `json`: parsed; `text`: a string (UTF-8); `bytes`: a Buffer. */
  readonly as: 'json' | 'text' | 'bytes';
  /** Largest body, in bytes. */
  readonly limitBytes: number;
}

/** Largest application/json body, in bytes. */
export const JSON_LIMIT_BYTES = 256 * 1024;

/**
 * Teaches Fastify which bodies a service reads; every other media type gets 415. An empty body of a JSON type counts
 * as none, so that commands without content may be sent by clients that always set Content-Type.
 */
export function registerBodyParsers(fastify: FastifyInstance, parsers: readonly BodyParser[]): void {
  fastify.removeAllContentTypeParsers();
  const json: BodyParser = { mediaType: 'application/json', as: 'json', limitBytes: JSON_LIMIT_BYTES };
  for (const parser of [json, ...parsers]) register(fastify, parser);
}

function register(fastify: FastifyInstance, { mediaType, as, limitBytes }: BodyParser): void {
  if (as === 'bytes') {
    fastify.addContentTypeParser(mediaType, { parseAs: 'buffer', bodyLimit: limitBytes }, (_request, body, done) => {
      done(null, body);
    });
    return;
  }
  // `error`: a body with "__proto__" is refused rather than cleaned in silence.
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<string>(
    mediaType,
    { parseAs: 'string', bodyLimit: limitBytes },
    (request, body, done) => {
      if (as === 'text') done(null, body);
      else if (body.trim() === '') done(null, undefined);
      else void parseJson(request, body, done);
    },
  );
}
