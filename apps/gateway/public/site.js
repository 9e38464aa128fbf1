// Runs before the page is drawn, so that a chosen scheme never flashes.
(() => {
  const KEY = 'hetao-theme';
  const root = document.documentElement;
  const read = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const keep = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A browser that keeps nothing still switches this page.
    }
  };
  const chosen = read();
  if (chosen === 'light' || chosen === 'dark') root.dataset.theme = chosen;
  document.addEventListener('click', (event) => {
    if (!event.target.closest?.('[data-theme-switch]')) return;
    const dark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : window.matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    keep(root.dataset.theme);
  });
})();
