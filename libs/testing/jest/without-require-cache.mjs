// Fastify looks through `require.cache` for the file of every plugin without a name. Jest's stands for two thousand
// modules and makes each entry anew, which took a second of every service that a spec starts; Fastify also runs where
// there is none, as in a single executable, and then goes by the function's own name.
export default {
  process: (source) => ({ code: source.replace('require.cache', 'undefined') }),
};
