// Draws the trade anew when it changed. The server makes the markup and says 304 while nothing did.
(() => {
  const EVERY_MS = 4000;
  const place = document.getElementById('trade');
  const stale = document.getElementById('stale');
  let etag = place?.dataset.tag ?? '';

  const show = (markup) => {
    const rows = new Map([...place.querySelectorAll('[data-id]')].map((row) => [row.dataset.id, row.textContent]));
    const figures = new Map(
      [...place.querySelectorAll('[data-figure]')].map((one) => [one.dataset.figure, one.textContent]),
    );
    const active = document.activeElement?.closest('#trade') ? document.activeElement.getAttribute('href') : null;
    place.innerHTML = markup;
    for (const row of place.querySelectorAll('[data-id]')) {
      if (rows.get(row.dataset.id) !== row.textContent) row.classList.add('changed');
    }
    for (const one of place.querySelectorAll('[data-figure]')) {
      if (figures.get(one.dataset.figure) !== one.textContent) one.classList.add('changed');
    }
    // Whoever moves through the page by keyboard stays where they were.
    if (active) place.querySelector(`[href="${active}"]`)?.focus();
  };

  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.source, {
        headers: etag ? { 'if-none-match': etag } : {},
        cache: 'no-store',
        signal: AbortSignal.timeout(EVERY_MS * 2),
      });
      if (answer.status === 200) {
        etag = answer.headers.get('etag') ?? '';
        show(await answer.text());
      }
      stale.hidden = answer.ok || answer.status === 304 || answer.status === 429;
    } catch {
      stale.hidden = false;
    }
  };

  if (place) {
    setInterval(refresh, EVERY_MS);
    document.addEventListener('visibilitychange', refresh);
  }
})();
