import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import type { Language } from '@hetao/kernel';
import { queryClient } from './api/query-client.js';
import { connectClient } from './api/transport.js';
import { nonceEveryStyle } from './app/nonce-styles.js';
import { pageState } from './app/page-state.js';
import { router } from './app/router.js';
import { Theme } from './app/theme.js';
import { startI18n } from './i18n/i18n.js';
import './app/portal.css';
import './kit/kit.css';

function Portal() {
  const { i18n } = useTranslation();
  return (
    <Theme language={i18n.language as Language}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Theme>
  );
}

nonceEveryStyle();
connectClient();
// What the address leads to is asked for while the words arrive, not after the frame was drawn with them.
void router.load();
await startI18n(pageState.language);
const place = document.getElementById('portal');
if (place === null) throw new Error('The page has no place for the portal: index.html and main.tsx disagree.');
createRoot(place).render(
  <StrictMode>
    <Portal />
  </StrictMode>,
);
