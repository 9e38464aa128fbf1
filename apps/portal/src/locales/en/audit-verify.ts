export const auditVerify = {
  lead: 'Paste a receipt: signer, inclusion and consistency are computed in this browser.',
  receipt: 'Receipt',
  where: 'JSON of format hetao-receipt-v1, as any record of the exchange hands it out.',
  verify: 'Verify',
  result: 'Result',
  holds: 'The receipt holds: the entry is in the log, and the log only grew since.',
  fails: 'The receipt does not hold. The step in red says why.',
  step: {
    format: 'It is a receipt',
    signer: 'The log signed this state',
    inclusion: 'The entry is in that state',
    consistency: 'Today’s log continues that state',
  },
  notReached: 'not reached',
};
