import { connect } from 'node:net';

/** Sends bytes as they are, past every client library's good manners, and reads until the server hangs up. */
export function rawHttp(
  url: string,
  text: string,
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(5_000, () => socket.destroy(new Error(`No end of the answer: ${answer.slice(0, 200)}`)));
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
      resolve({ status: Number(head.split(' ')[1] ?? 0), head, body });
    });
  });
}

const DROP_EVERY_MS = 50;

/** Sends a request that never ends, drop by drop, until the server has had enough. */
export function trickle(
  url: string,
  begin: string,
  drop: string,
): Promise<{ readonly answer: string; readonly tookMs: number }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(begin));
    const dropping = setInterval(() => socket.write(drop), DROP_EVERY_MS);
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    // A drop that meets a closed door is the end as well.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(dropping);
      resolve({ answer, tookMs: performance.now() - startedAt });
    });
  });
}
