import { applyDecorators, Controller, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '@hetao/runtime';
import { PeerGuard } from '../peer/from-peer.decorator.js';
import { DSP_BASE_PATH } from '../wire/context.js';
import { AnswerFirst } from './answer-first.js';

/**
 * A controller of the protocol, below the base of 2025-1. Its callers are peers, who prove themselves their own way, so
 * it is public to the guard of our own callers; it is described by the protocol, so our API's description leaves it out.
 * Whatever it throws becomes the protocol's error object (see `protocol-errors.hook`).
 */
export function ProtocolController(path: 'catalog' | 'negotiations' | 'transfers'): ClassDecorator {
  return applyDecorators(
    Controller(`${DSP_BASE_PATH}/${path}`),
    Public(),
    ApiExcludeController(),
    UseGuards(PeerGuard),
    UseInterceptors(AnswerFirst),
  );
}
