import { createHash } from 'node:crypto';
import { buildDocument, renderPage } from '../openapi/index.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';

/**
 * The documentation of the whole table, these two routes included. The table is asked for when a
 * request comes, since it does not exist yet while it is being put together.
 */
export function docsRoutes(getRoutes: () => readonly Route[]): readonly Route[] {
  // Built once per process: the table is code and does not change.
  let json: string | undefined;
  let page: Promise<DocsPage> | undefined;

  const openapi = defineRoute({
    method: 'get',
    path: '/api/openapi.json',
    tag: 'Documentation',
    summary: 'This API as an OpenAPI 3.1 document',
    permission: 'public',
    params: NO_PARAMS,
    query: NO_QUERY,
    body: NO_BODY,
    responses: { 200: { description: 'The document.' } },
    handle: () => {
      json ??= JSON.stringify(buildDocument(getRoutes()));
      return new Response(json, { headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' } });
    },
  });

  const docs = defineRoute({
    method: 'get',
    path: '/api/docs',
    tag: 'Documentation',
    summary: 'This API as a page to read',
    permission: 'public',
    params: NO_PARAMS,
    query: NO_QUERY,
    body: NO_BODY,
    responses: { 200: { description: 'A page of HTML.' } },
    handle: async () => {
      page ??= makePage(getRoutes());
      const { html, policy } = await page;
      return new Response(html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-cache',
          'content-security-policy': policy,
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
        },
      });
    },
  });

  return [openapi, docs];
}

type DocsPage = { readonly html: string; readonly policy: string };

async function makePage(routes: readonly Route[]): Promise<DocsPage> {
  const html = await renderPage(buildDocument(routes));
  // The page has one style element and nothing else that is active: its bytes are all that is allowed.
  const style = /<style>(?<text>[\s\S]*?)<\/style>/.exec(html)?.groups?.['text'] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    html,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}
