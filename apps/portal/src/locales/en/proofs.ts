export const proofs = {
  lead: 'The log keeps hashes, never data. Whoever holds the file can prove it was registered.',
  hash: 'Fingerprint of a file',
  drop: 'Drop files here, or choose them',
  stays: 'They are read in this browser and go nowhere.',
  verify: 'Verify a receipt',
  verifyLead: 'Step by step, and offline if you like: the page goes on when the network is gone.',
  open: 'Open the verifier',
  log: 'Keys of the log',
};
