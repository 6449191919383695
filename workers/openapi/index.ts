export { buildDocument, type OpenApiDocument, type Operation } from './document.ts';
export { renderPage } from './page.ts';
export { PROBLEMS } from './problems.ts';
