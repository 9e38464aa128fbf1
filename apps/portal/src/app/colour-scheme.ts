import { useSyncExternalStore } from 'react';

/** Shared with the server's own pages (apps/gateway/public/site.js): one choice for all. */
const KEY = 'hetao-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? system.matches : chosen === 'dark';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

/** Whether the page is drawn dark, now. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

/** Turns light to dark and back, and keeps the choice where the browser keeps anything. */
export function switchScheme(): void {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still switches this page.
  }
  for (const listener of listeners) listener();
}
