import type * as z from 'zod';
import {
  boutJson,
  edlOf,
  frameRate,
  otioOf,
  type Reel,
  reelOf,
  scorecardCsv,
  scorecardModel,
  type SealedBout,
  sportscodeOf,
} from '../../domain/export/index.ts';
import { sha256 } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse, type Refusal } from '../../domain/refusal.ts';
import { type ArchivePlace, findArchive, type Part, PARTS, readArchived } from '../archive/read-archived.ts';
import { scorecardFile } from '../export/scorecard-file.ts';
import { archiveKeys, folderOf, zipOf } from '../export/zip.ts';
import { ANSWER_HEADERS } from '../problem.ts';
import { strangerTooOften } from '../rate.ts';
import { type Call, defineRoute, NO_BODY, NO_QUERY, type Route, type RouteResponse } from '../route.ts';
import { boutParams } from '../schemas/bout.ts';
import { boutDocumentSchema, footageQuery } from '../schemas/exports.ts';

type Params = z.infer<typeof boutParams>;

type Asked<Q> = Call<Params, Q, undefined> & { readonly place: ArchivePlace };

type Format<Q> = {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** What the caller must be entitled to. */
  readonly parts: readonly Part[];
  readonly query: z.ZodType<Q>;
  readonly response: Pick<RouteResponse, 'media' | 'schema'>;
  readonly make: (asked: Asked<Q>) => Promise<Outcome<Response>>;
};

/** One route a format: each has media types and questions of its own. */
function exportRoute<Q>({ name, parts, response, make, ...spec }: Format<Q>): Route {
  return defineRoute<Params, Q, undefined>({
    ...spec,
    method: 'get',
    path: `/api/exports/{bout_id}/${name}`,
    tag: 'Exports',
    permission: 'export.read',
    params: boutParams,
    body: NO_BODY,
    responses: {
      200: { description: 'The file, to be saved.', ...response },
      404: { description: 'There is no such bout.' },
      409: { description: 'The bout is not sealed yet.' },
    },
    handle: async (call): Promise<Response | Refusal> => {
      const refused = strangerTooOften(call.request, call.caller);
      if (refused !== null) return refused;
      const place = await findArchive(call.env, call.caller, call.params.bout_id, parts);
      if (!place.ok) return place;
      const made = await make({ ...call, place: place.value });
      return made.ok ? made.value : made;
    },
  });
}

/** `suffix` holds what is safe in a file name and in a quoted header alone. */
function download(place: ArchivePlace, suffix: string, type: string, body: BodyInit): Response {
  const headers = {
    ...ANSWER_HEADERS,
    'content-type': type,
    'content-disposition': `attachment; filename="${folderOf(place)}${suffix}"`,
    'x-content-type-options': 'nosniff',
  };
  return new Response(body, { headers });
}

async function fromBout<Q>(asked: Asked<Q>, make: (bout: SealedBout) => Outcome<Response>): Promise<Outcome<Response>> {
  const bout = await readArchived(asked.env, asked.place);
  return bout.ok ? make(bout.value) : bout;
}

const wholeJson = exportRoute({
  name: 'json',
  summary: 'Everything of a sealed bout in one JSON document',
  description: 'Set-up, names as far as they are kept, entries, rounds, scorecards, rulings, result and checkpoint.',
  parts: PARTS,
  query: NO_QUERY,
  response: { schema: boutDocumentSchema },
  make: async (asked) =>
    await fromBout(asked, (bout) => ok(download(asked.place, '.json', 'application/json', boutJson(bout, sha256)))),
});

const csv = exportRoute({
  name: 'csv',
  summary: 'The scorecards of a sealed bout as a table',
  description:
    'RFC 4180, UTF-8 with a byte order mark: a line a judge and round, then one a judge with the totals. Text that a spreadsheet would run begins with an apostrophe.',
  parts: ['scorecards'],
  query: NO_QUERY,
  response: { media: ['text/csv'] },
  make: async (asked) =>
    await fromBout(asked, (bout) => {
      const table = scorecardCsv(scorecardModel(bout));
      return ok(download(asked.place, '-scorecards.csv', 'text/csv; charset=utf-8; header=present', table));
    }),
});

const pdf = exportRoute({
  name: 'pdf',
  summary: 'The official scorecard of a sealed bout, for print',
  description: 'A4. A character that the embedded fonts lack is drawn as a box with its code point.',
  parts: ['scorecards'],
  query: NO_QUERY,
  response: { media: ['application/pdf'] },
  make: async ({ env, request, place, waitUntil }) => {
    const address = `${new URL(request.url).origin}/archive?bout=${place.boutId}`;
    const file = await scorecardFile(env, place, address, waitUntil);
    return file.ok ? ok(download(place, '-scorecard.pdf', 'application/pdf', file.value)) : file;
  },
});

type Footage = z.infer<typeof footageQuery>;

/** `25fps`, `29.97fps-df`: the one place where an EDL says its rate. */
function rateWords(fps: Footage['fps']): string {
  return fps.endsWith('df') ? `${fps.slice(0, -2)}fps-df` : `${fps}fps`;
}

function momentsRoute(
  name: string,
  words: Pick<Format<Footage>, 'summary' | 'description'>,
  file: { readonly media: string; readonly type: string; readonly suffix: string },
  write: (reel: Reel) => Outcome<string>,
): Route {
  return exportRoute<Footage>({
    name,
    ...words,
    parts: ['statistics'],
    query: footageQuery,
    response: { media: [file.media] },
    make: async (asked) =>
      await fromBout(asked, (bout) => {
        const { fps, reel: tape, timecode, at_ms: atMs } = asked.query;
        const mapping = timecode === undefined || atMs === undefined ? null : { timecode, atMs };
        const reel = reelOf(bout, { rate: frameRate(fps), reel: tape, mapping });
        const text = reel.ok ? write(reel.value) : reel;
        if (!text.ok) return text;
        return ok(download(asked.place, `-${rateWords(fps)}${file.suffix}`, file.type, text.value));
      }),
  });
}

const MOMENTS =
  'Knockdowns, rocked fighters, near-finish submissions, fouls, deductions, the stoppage and the bells, each from 5 s before to 10 s after, merged where they overlap.';

const otio = momentsRoute(
  'otio',
  { summary: 'The moments of a sealed bout as an OpenTimelineIO timeline', description: MOMENTS },
  { media: 'application/json', type: 'application/json', suffix: '.otio' },
  (reel) => ok(otioOf(reel)),
);

const edl = momentsRoute(
  'edl',
  {
    summary: 'The moments of a sealed bout as a CMX3600 edit decision list',
    description: `${MOMENTS} The format carries no frame rate: the file’s name does.`,
  },
  { media: 'text/plain', type: 'text/plain; charset=us-ascii', suffix: '.edl' },
  edlOf,
);

const sportscode = momentsRoute(
  'sportscode',
  {
    summary: 'The moments of a sealed bout as Sportscode XML',
    description: `${MOMENTS} Merged within one code. Seconds from the start of the video, in which \`timecode\` is a position.`,
  },
  { media: 'application/xml', type: 'application/xml; charset=utf-8', suffix: '.xml' },
  (reel) => ok(sportscodeOf(reel)),
);

const zip = exportRoute({
  name: 'zip',
  summary: 'Every file of a sealed bout’s archive',
  description:
    'What a verifier takes, in one folder: as it lies in the store, but for `log.tlog-proof` and `rotations` where the log’s key was replaced since.',
  parts: PARTS,
  query: NO_QUERY,
  response: { media: ['application/zip'] },
  make: async ({ env, place }) => {
    const keys = await archiveKeys(env, place);
    return keys.length === 0
      ? refuse('unavailable', 'The archive holds no files.')
      : ok(download(place, '.zip', 'application/zip', zipOf(env, place, keys)));
  },
});

export const exportRoutes: readonly Route[] = [wholeJson, csv, pdf, otio, edl, sportscode, zip];
