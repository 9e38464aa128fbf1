import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Reader, type Result } from '@hetao/kernel';
import { OfferQueries } from '../offer/offer.queries.js';
import { toPlan } from '../offer/price-plan.dto.js';
import { inPublicForm } from '../offer/public-terms.js';
import {
  assumptionsOf,
  givenIn,
  toSimulationDto,
  type NewSimulationDto,
  type SimulationDto,
} from './simulation.dto.js';
import { simulate, type SimulationInput } from './simulation.js';

/** Prices usage under an offer the caller may see, or a plan he has in mind. Keeps nothing. */
@Injectable()
export class SimulateUsage {
  readonly #offers: OfferQueries;

  constructor(offers: OfferQueries) {
    this.#offers = offers;
  }

  async execute(dto: NewSimulationDto, reader: Reader): Promise<Result<SimulationDto, DomainError>> {
    const input = await this.#inputOf(dto, reader);
    if (!input.ok) return input;
    const simulated = simulate(input.value);
    if (!simulated.ok) return err(inPublicForm(simulated.error));
    return ok(toSimulationDto(simulated.value, assumptionsOf(dto, input.value)));
  }

  async #inputOf(dto: NewSimulationDto, reader: Reader): Promise<Result<SimulationInput, DomainError>> {
    const given = givenIn(dto);
    if (dto.plan !== undefined) {
      const channelPresent = dto.channel_partner ?? false;
      return ok({ ...given, plan: toPlan(dto.plan), channelPresent });
    }
    const offer = await this.#offers.get(dto.offer_id ?? '', reader);
    if (!offer.ok) return offer;
    const { plan, time_zone, term, channel_partner_id } = offer.value;
    return ok({
      ...given,
      plan: toPlan(plan),
      timeZone: dto.time_zone ?? time_zone,
      inForce: given.inForce ?? { from: new Date(term.from), until: new Date(term.until) },
      channelPresent: dto.channel_partner ?? channel_partner_id !== null,
    });
  }
}
