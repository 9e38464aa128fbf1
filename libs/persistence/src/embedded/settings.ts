/** Server settings for the two uses: `durable` loses nothing that was committed, the other is as fast as it can be. */
export function serverSettings(durable: boolean): Readonly<Record<string, string>> {
  return { ...COMMON, ...(durable ? DURABLE : THROW_AWAY) };
}

const COMMON = {
  // Loopback only, and no socket file: its folder could be closed to one of the two accounts involved.
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Every service has a pool of its own, and tests run several worlds at once.
  max_connections: '300',
  shared_buffers: '128MB',
  // Solid state disks: a random page costs about what a sequential one does.
  random_page_cost: '1.1',
  jit: 'off',
  // Statements carry people's data; the log names the error and not the row.
  log_min_error_statement: 'panic',
  log_line_prefix: '%m [%p] %a ',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', max_wal_size: '1GB' };

const THROW_AWAY = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync',
  // Template databases are copied all day long: neither a checkpoint nor a statistics run should join in.
  max_wal_size: '4GB',
  checkpoint_timeout: '1h',
  autovacuum_naptime: '10min',
};
