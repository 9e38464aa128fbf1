import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { Public } from '../caller/route-policy.js';

/** Holds the document of the service; made when first asked for, since most processes are never asked. */
export class OpenApiDocument {
  #make: (() => OpenAPIObject) | undefined;
  #made: OpenAPIObject | undefined;

  /** Says how to make the document; done once the application knows its routes. */
  from(make: () => OpenAPIObject): void {
    this.#make = make;
  }

  json(): OpenAPIObject {
    if (this.#make === undefined) throw new Error('The document is asked for before the routes are known.');
    this.#made ??= this.#make();
    return this.#made;
  }
}

/** Serves the OpenAPI 3.1 document. */
@Controller()
@Public()
@ApiExcludeController()
export class OpenApiController {
  readonly #document: OpenApiDocument;

  constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  @Get('openapi.json')
  openApiDocument(): OpenAPIObject {
    return this.#document.json();
  }
}
