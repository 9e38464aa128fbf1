import type { FastifyReply, FastifyRequest } from 'fastify';
import { isSecure, type GatewayConfig } from '../gateway.config.js';
import { signInCookieLifeS } from './sign-in-cookie.codec.js';

/**
 * Names of our cookies. `__Host-` makes the browser itself see to it that the cookie came over TLS from this very host
 * for every path (RFC 6265bis 4.1.3.2); plain http, in demonstrations alone, cannot have it.
 */
export function cookieNames(config: GatewayConfig): { readonly session: string; readonly signIn: string } {
  return isSecure(config)
    ? { session: '__Host-hetao-session', signIn: '__Host-hetao-sign-in' }
    : { session: 'hetao-session', signIn: 'hetao-sign-in' };
}

/** The session token a request carries, if any. */
export function sessionTokenOf(request: FastifyRequest, config: GatewayConfig): string | undefined {
  return request.cookies[cookieNames(config).session];
}

/** Sets the cookie of a session: for as long as the browser runs; how long it is worth something, the server decides. */
export function giveSession(reply: FastifyReply, config: GatewayConfig, token: string): void {
  void reply.setCookie(cookieNames(config).session, token, attributes(config));
}

/** Keeps a sign-in under way with the browser. */
export function giveSignIn(reply: FastifyReply, config: GatewayConfig, sealed: string): void {
  void reply.setCookie(cookieNames(config).signIn, sealed, { ...attributes(config), maxAge: signInCookieLifeS });
}

export function takeSession(reply: FastifyReply, config: GatewayConfig): void {
  void reply.clearCookie(cookieNames(config).session, attributes(config));
}

export function takeSignIn(reply: FastifyReply, config: GatewayConfig): void {
  void reply.clearCookie(cookieNames(config).signIn, attributes(config));
}

function attributes(config: GatewayConfig) {
  return { path: '/', httpOnly: true, secure: isSecure(config), sameSite: 'lax' as const };
}
