// Just enough of Kafka's wire protocol to prove a broker: create a topic, write one record, read it back, delete the
// topic. The client library belongs to @hetao/messaging alone, and a tool must not lean on what it serves to test.
// Sources: https://kafka.apache.org/protocol (non-flexible versions that Kafka 4 still speaks), KIP-98 record batch v2.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const API = { produce: [0, 3], fetch: [1, 4], metadata: [3, 1], createTopics: [19, 2], deleteTopics: [20, 1] };
const TIMEOUT_MS = 5_000;

const int8 = (value) => Buffer.from([value & 0xff]);
const int16 = (value) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const int32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value | 0);
  return bytes;
};
const int64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
};
const string = (text) => Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)]);
const bytes = (value) => Buffer.concat([int32(value.length), value]);
const array = (...items) => Buffer.concat([int32(items.length), ...items]);
const struct = (...fields) => Buffer.concat(fields);
/** Zigzag variable-length integer, for the small values used here. */
const varint = (value) => {
  const out = [];
  let rest = (value << 1) ^ (value >> 31);
  for (; rest > 0x7f; rest >>>= 7) out.push((rest & 0x7f) | 0x80);
  return Buffer.from([...out, rest]);
};

const CRC32C_TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});
const crc32c = (data) => ~data.reduce((crc, byte) => CRC32C_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8), -1);

function recordBatch(value) {
  const now = Date.now();
  const record = Buffer.concat([int8(0), varint(0), varint(0), varint(-1), varint(value.length), value, varint(0)]);
  const records = Buffer.concat([int32(1), varint(record.length), record]);
  const producer = Buffer.concat([int64(-1), int16(-1), int32(-1)]);
  const body = Buffer.concat([int16(0), int32(0), int64(now), int64(now), producer, records]);
  const tail = Buffer.concat([int32(-1), int8(2), int32(crc32c(body)), body]);
  return Buffer.concat([int64(0), int32(tail.length), tail]);
}

/** Reads the answers in the order in which the protocol lays them out. */
class Reader {
  #bytes;
  #at = 4; // after the correlation id
  constructor(data) {
    this.#bytes = data;
  }
  skip(count) {
    this.#at += count;
    return this;
  }
  int16() {
    return this.#bytes.readInt16BE((this.#at += 2) - 2);
  }
  int32() {
    return this.#bytes.readInt32BE((this.#at += 4) - 4);
  }
  skipString() {
    return this.skip(Math.max(this.int16(), 0));
  }
  get rest() {
    return this.#bytes.subarray(this.#at);
  }
}

/** One request at a time over one connection. */
class Connection {
  #socket;
  #received = Buffer.alloc(0);
  #waiting;

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      const length = this.#received.length < 4 ? Infinity : this.#received.readInt32BE(0);
      if (this.#received.length < length + 4) return;
      const answer = this.#received.subarray(4, length + 4);
      this.#received = this.#received.subarray(length + 4);
      this.#waiting?.resolve(new Reader(answer));
    });
    for (const event of ['error', 'close', 'timeout'])
      socket.on(event, (error) =>
        this.#waiting?.reject(error instanceof Error ? error : new Error(`connection: ${event}`)),
      );
  }

  static open(host, port) {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, timeout: TIMEOUT_MS }, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  request([key, version], ...body) {
    const message = Buffer.concat([int16(key), int16(version), int32(1), string('hetao-probe'), ...body]);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes(message));
    });
  }

  close() {
    this.#waiting = undefined;
    this.#socket.destroy();
  }
}

function check(what, code) {
  if (code !== 0) throw new Error(`The broker answered ${what} with protocol error ${code}.`);
}

/** Writes a record to a topic of its own and reads it back; throws, saying at which step, when that does not work. */
export async function proveBroker(host, port) {
  const connection = await Connection.open(host, port);
  try {
    const brokers = (await connection.request(API.metadata, int32(-1))).int32();
    if (brokers < 1) throw new Error('No broker has registered with the controller yet.');
    const topic = `hetao-probe-${randomBytes(6).toString('hex')}`;
    const wanted = struct(string(topic), int32(1), int16(1), array(), array());
    const created = await connection.request(API.createTopics, array(wanted), int32(TIMEOUT_MS), int8(0));
    check('"create topic"', created.skip(8).skipString().int16());
    try {
      await roundTrip(connection, topic);
    } finally {
      await connection.request(API.deleteTopics, array(string(topic)), int32(TIMEOUT_MS));
    }
  } finally {
    connection.close();
  }
}

async function roundTrip(connection, topic) {
  const value = randomBytes(24);
  const written = struct(string(topic), array(struct(int32(0), bytes(recordBatch(value)))));
  const ack = await connection.request(API.produce, int16(-1), int16(-1), int32(TIMEOUT_MS), array(written));
  check('"write"', ack.skip(4).skipString().skip(8).int16());
  const wanted = struct(string(topic), array(struct(int32(0), int64(0), int32(65_536))));
  const limits = struct(int32(-1), int32(1_000), int32(1), int32(65_536), int8(0));
  const read = await connection.request(API.fetch, limits, array(wanted));
  check('"read"', read.skip(8).skipString().skip(8).int16());
  if (!read.rest.includes(value)) throw new Error('The broker did not give back the record that it had acknowledged.');
}
