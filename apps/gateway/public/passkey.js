// Signs in with a passkey: offered in the list of the address field as the page opens, or by the button.
(() => {
  const form = document.getElementById('passkey');
  const known = window.PublicKeyCredential;
  // Passkeys belong to names: on an address there are none.
  const isAddress = /^\[|^[\d.]+$/.test(window.location.hostname);
  if (!form || isAddress || !known?.parseRequestOptionsFromJSON) return;
  // Sooner than the challenge is over, so that a page left open still signs in.
  const ANEW_MS = 4 * 60_000;
  let waiting = new AbortController();
  let anew;

  const ask = async (mediation) => {
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    const answer = await fetch(form.dataset.options, { method: 'POST', signal });
    if (!answer.ok) return;
    const publicKey = known.parseRequestOptionsFromJSON(await answer.json());
    const credential = await navigator.credentials.get({ publicKey, mediation, signal });
    form.elements.namedItem('credential').value = JSON.stringify(credential);
    form.submit();
  };
  // Whoever closes the browser's own window has changed their mind: the password is still there.
  const calmly = (mediation) => ask(mediation).catch(() => undefined);

  const offer = async () => {
    if (!(await known.isConditionalMediationAvailable?.())) return;
    clearInterval(anew);
    anew = setInterval(() => void calmly('conditional'), ANEW_MS);
    void calmly('conditional');
  };

  form.hidden = false;
  form.querySelector('button').addEventListener('click', () => {
    clearInterval(anew);
    void calmly('optional').then(offer);
  });
  void offer();
})();
