import { html, raw } from 'hono/html';
import type { MediaTypes, OpenApiDocument, Operation, ResponseObject } from './document.ts';
import { curlOf } from './curl.ts';
import { exampleOf } from './example.ts';
import { ACTIONS_ANCHOR, actionSection } from './page-actions.ts';
import { introduction } from './page-introduction.ts';
import { fieldTable, type Html, inlineCode, typeInWords } from './page-schema.ts';
import { PAGE_STYLE } from './page-style.ts';
import { PROBLEMS } from './problems.ts';

type Entry = { readonly method: string; readonly path: string; readonly operation: Operation };

/** The document as a page for people: no script, nothing loaded, every heading with an address of its own. */
export async function renderPage(document: OpenApiDocument): Promise<string> {
  const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = document.tags.map(({ name }) => ({
    name,
    entries: entries.filter(({ operation }) => operation.tags.includes(name)),
  }));
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="dark light" />
        <title>${document.info.title} API</title>
        <style>
          ${raw(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <nav aria-label="Contents">
          <ul>
            <li><a href="/">FightJudge</a></li>
            <li><a href="#first-bout">A first bout</a></li>
            ${groups.map(
              (group) =>
                html`<li>
                  <a href="#${slug(group.name)}">${group.name}</a>
                  <ul class="sub">
                    ${group.entries.map(
                      ({ operation }) => html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`,
                    )}
                  </ul>
                </li>`,
            )}
            <li><a href="#${ACTIONS_ANCHOR}">Action types</a></li>
            <li><a href="#problems">Problems</a></li>
          </ul>
        </nav>
        <main>
          <h1>${document.info.title} API</h1>
          ${paragraphs(document.info.description)}
          <p>The same as a document for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
          ${introduction()}
          ${groups.map(
            (group) =>
              html`<section aria-labelledby="${slug(group.name)}">
                <h2 id="${slug(group.name)}">${group.name}</h2>
                ${group.entries.map((entry) => operationCard(entry, document))}
              </section>`,
          )}
          ${actionSection()} ${problemSection()}
        </main>
      </body>
    </html>`;
  return (await page).toString();
}

function operationCard({ method, path, operation }: Entry, document: OpenApiDocument): Html {
  return html`<article class="operation" id="${operation.operationId}" aria-labelledby="${operation.operationId}-title">
    <p class="route"><code class="method ${method}">${method}</code> <code>${path}</code></p>
    <h3 id="${operation.operationId}-title">${operation.summary}</h3>
    ${paragraphs(operation.description)} ${parametersPart(operation)} ${bodyPart(method, path, operation)}
    ${responsesPart(operation, document)}
  </article>`;
}

function parametersPart({ parameters = [] }: Operation): Html | '' {
  if (parameters.length === 0) return '';
  return html`<h4>Parameters</h4>
    <div class="wide" tabindex="0" role="group" aria-label="Parameters">
      <table>
        <tbody>
          ${parameters.map(
            (one) =>
              html`<tr>
                <th scope="row">
                  <code>${one.name}</code> <span class="soft">in the ${one.in}</span>${
                    one.required ? html` <span class="need">required</span>` : ''
                  }
                </th>
                <td>${typeInWords(one.schema)}</td>
                <td>${inlineCode(one.description ?? '')}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function bodyPart(method: string, path: string, operation: Operation): Html | '' {
  const content = operation.requestBody?.content;
  if (content === undefined) return '';
  const schema = content['application/json']?.schema;
  return html`<h4>Body</h4>
    ${schema === undefined ? bytesPart(content) : fieldTable(schema, 'Fields of the body')}
    <h4>Example</h4>
    <pre tabindex="0"><code>${curlOf(method, path, operation)}</code></pre>`;
}

function bytesPart(content: MediaTypes): Html {
  return html`<p>Bytes of ${Object.keys(content).map((type) => html`<code>${type}</code> `)}</p>`;
}

function responsesPart({ responses }: Operation, document: OpenApiDocument): Html {
  const all = Object.entries(responses).map(([status, written]) => ({ status, response: resolve(written, document) }));
  const own = all.filter(({ status }) => Number(status) < 400 || !('$ref' in (responses[status] ?? {})));
  const problems = all.filter((one) => !own.includes(one));
  return html`<h4>Answers</h4>
    ${own.map(
      ({ status, response }) =>
        html`<details>
          <summary><code>${status}</code> ${inlineCode(response.description)}</summary>
          ${contentPart(response.content, `Fields of the answer ${status}`)}
        </details>`,
    )}
    <p class="soft">
      Problems:
      ${problems.map(({ status }) => {
        const facts = PROBLEMS.filter((problem) => String(problem.status) === status);
        return facts.map(({ code }) => html`<a href="#problem-${code}">${status} ${code}</a> `);
      })}
    </p>`;
}

function contentPart(content: MediaTypes | undefined, caption: string): Html {
  const schema = content?.['application/json']?.schema;
  const mayBeProblem = content?.['application/problem+json'] !== undefined;
  const problem = html`<p class="soft">
    <code>application/problem+json</code>: a <a href="#problems">problem document</a>, <code>success</code> false.
  </p>`;
  if (schema === undefined) return mayBeProblem ? problem : content === undefined ? html`` : bytesPart(content);
  return html`${mayBeProblem ? html`<p class="soft"><code>application/json</code>: ${schema.description ?? ''}</p>` : ''}
    ${fieldTable(schema, caption)}
    <pre tabindex="0"><code>${JSON.stringify(exampleOf(schema), null, 2)}</code></pre>
    ${mayBeProblem ? problem : ''}`;
}

function problemSection(): Html {
  return html`<section aria-labelledby="problems">
    <h2 id="problems">Problems</h2>
    <p>
      What cannot be done is answered with <code>application/problem+json</code> (RFC 9457): <code>type</code> leads
      here, <code>code</code> is for programs, <code>detail</code> for people, <code>errors</code> names each field.
    </p>
    ${PROBLEMS.map(
      ({ code, status, title, meaning }) =>
        html`<article class="operation" id="problem-${code}">
          <h3><code>${status}</code> ${title} <code class="soft">${code}</code></h3>
          <p>${inlineCode(meaning)}</p>
        </article>`,
    )}
  </section>`;
}

function resolve(written: ResponseObject | { readonly $ref: string }, document: OpenApiDocument): ResponseObject {
  if (!('$ref' in written)) return written;
  const name = written.$ref.split('/').at(-1) ?? '';
  return document.components.responses[name] ?? { description: '' };
}

function paragraphs(text: string): readonly Html[] {
  return text.split('\n\n').map((part) => html`<p>${inlineCode(part)}</p>`);
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/\W+/g, '-');
}
