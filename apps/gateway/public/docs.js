// Swagger UI over our own document. No validator: nothing of this page asks another site.
window.addEventListener('DOMContentLoaded', () => {
  window.SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#reference',
    deepLinking: true,
    validatorUrl: null,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    tryItOutEnabled: false,
    requestInterceptor: async (request) => {
      // Somebody signed in changes things with the token of their session, as every page of ours does.
      const changes = !['GET', 'HEAD'].includes((request.method ?? 'GET').toUpperCase());
      const hasKey = Boolean(request.headers?.Authorization);
      if (!changes || hasKey) return request;
      const me = await fetch('/v1/me', { headers: { accept: 'application/json' } });
      if (me.ok) request.headers['X-CSRF-Token'] = (await me.json()).csrf_token ?? '';
      return request;
    },
  });
});
