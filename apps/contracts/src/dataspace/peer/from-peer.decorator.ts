import { createParamDecorator, Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainException } from '@hetao/kernel';
import { dataspaceErrors } from '../dataspace.errors.js';
import type { Peer } from './peer.js';
import { PEER_AUTH, type PeerAuth } from './peer-auth.js';

const peers = new WeakMap<object, Peer>();

/** Lets only known peers pass, and remembers who it is. */
@Injectable()
export class PeerGuard implements CanActivate {
  readonly #auth: PeerAuth;

  constructor(@Inject(PEER_AUTH) auth: PeerAuth) {
    this.#auth = auth;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const peer = await this.#auth.incoming(request.headers.authorization);
    if (peer === undefined) {
      throw new DomainException(
        dataspaceErrors.DSP_UNAUTHENTICATED('The Authorization header is missing or belongs to no peer of ours.'),
      );
    }
    peers.set(request.raw, peer);
    return true;
  }
}

/** Injects the {@link Peer} that sends a message, in a controller of the protocol. */
export const FromPeer = createParamDecorator((_data: unknown, context: ExecutionContext): Peer => {
  const peer = peers.get(context.switchToHttp().getRequest<FastifyRequest>().raw);
  if (peer === undefined) throw new Error('@FromPeer() is used on a route without the peer guard.');
  return peer;
});
