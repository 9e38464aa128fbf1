import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Gives a handler's failure to the consumer as it was thrown. Nest would replace it with "Internal server error" for
 * a remote client; here the consumer needs the original, to decide between waiting, retrying and the dead letters.
 */
@Catch()
export class RethrowToConsumer implements RpcExceptionFilter<unknown> {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
