import { createHash } from 'node:crypto';
import { startUpstream } from './upstream.js';

/** A merchant's file server that marks each copy by the agreement it is for. */
export interface FileServer {
  readonly url: string;
  /** Puts another edition in the file's place. */
  change(): void;
  stop(): Promise<void>;
}

/** Serves `/file` with strong ETags, ranges and If-Range (RFC 9110 13.1.5, 14.2). */
export async function serveFiles(size: number): Promise<FileServer> {
  let edition = 1;
  const upstream = await startUpstream((app) => {
    app.get('/file', (request, reply) => {
      const file = Buffer.alloc(size, `${edition} ${String(request.headers['hetao-agreement'])} `);
      const etag = `"${createHash('sha256').update(file).digest('base64url')}"`;
      void reply.header('etag', etag).header('accept-ranges', 'bytes').type('application/octet-stream');
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      const condition = request.headers['if-range'];
      if (from === undefined || to === undefined || (condition !== undefined && condition !== etag)) {
        return reply.send(file);
      }
      void reply.status(206).header('content-range', `bytes ${from}-${to}/${size}`);
      return reply.send(file.subarray(Number(from), Number(to) + 1));
    });
  });
  return { url: upstream.url, change: () => void (edition += 1), stop: () => upstream.stop() };
}
