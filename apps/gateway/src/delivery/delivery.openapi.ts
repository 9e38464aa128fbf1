import type { JsonObject } from '../docs/openapi-merge.js';

const methods = {
  get: 'getDelivery',
  post: 'postDelivery',
  put: 'putDelivery',
  patch: 'patchDelivery',
  delete: 'deleteDelivery',
} as const;
const bodiless: ReadonlySet<string> = new Set(['get', 'delete']);
const anything = { '*/*': { schema: {} } } as const;
const text = { type: 'string' } as const;

/** What deliveries look like from outside, said by hand: their bodies stream past the framework that describes the rest. */
export const deliveryDocument: JsonObject = {
  paths: {
    '/v1/deliveries/{agreement_id}/{path}': {
      parameters: [
        { name: 'agreement_id', in: 'path', required: true, schema: text, description: 'The licence, `agr_…`' },
        {
          name: 'path',
          in: 'path',
          required: true,
          schema: text,
          description: 'Everything the merchant’s service is to see, slashes included; the query is passed on as well',
        },
        {
          name: 'Hetao-Purpose',
          in: 'header',
          required: false,
          schema: text,
          description: 'What the data is for; may be left away where the licence has one purpose',
        },
      ],
      ...Object.fromEntries(
        Object.entries(methods).map(([method, operationId]) => [method, operation(operationId, bodiless.has(method))]),
      ),
    },
  },
};

function operation(operationId: string, withoutBody: boolean): JsonObject {
  return {
    operationId,
    summary: 'Call a licensed product',
    description:
      'Passed on to the merchant’s service after licence, purpose, quota and release have been checked, and counted ' +
      'as usage. Bodies stream both ways. Answers of the merchant come as they are; a refusal of the exchange is a problem.',
    ...(withoutBody ? {} : { requestBody: { required: false, content: anything } }),
    responses: {
      '2XX': {
        description: 'The merchant’s answer',
        headers: { 'Hetao-Call': { description: 'Id of the call in GET /v1/delivery-calls', schema: text } },
        content: anything,
      },
    },
  };
}
