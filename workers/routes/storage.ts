import type * as z from 'zod';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { bytesOf, type Doomed, type Orphan, type RetentionRule } from '../../domain/storage/index.ts';
import type { StorageRules } from '../../objects/platform/index.ts';
import { actorOf, platformOf } from '../auth/platform.ts';
import { json } from '../bouts.ts';
import type { Env } from '../env.ts';
import { defineRoute, NO_BODY, NO_PARAMS, NO_QUERY, type Route } from '../route.ts';
import {
  changedRulesSchema,
  changeRulesSchema,
  cleanedSchema,
  cleanSchema,
  rulesSchema,
  usageQuery,
  usageSchema,
} from '../schemas/storage.ts';
import { type CleanInput, planClean, runClean } from '../storage/clean.ts';
import { NAMED_ORPHANS, readUsage } from '../storage/usage.ts';

/** What the deployment stores is the deployment's: a token for one card or bout has no part of it. */
function beyond(caller: Caller | null): Refusal | null {
  if (caller === null) return refuse('unauthorized', 'This needs a token; none was sent.', 'Authorization');
  return caller.boutId === null && caller.cardId === null
    ? null
    : refuse('forbidden', 'Storage is the whole deployment’s; this token is for a card or a bout alone.');
}

const usage = defineRoute({
  method: 'get',
  path: '/api/storage',
  tag: 'Storage',
  summary: 'What the bucket holds, by class and promotion',
  description:
    'Summed anew from the bucket’s listing, at most 20,000 objects an answer; `next` leads to the rest. An orphan is an object of a bout that this deployment never recorded.',
  permission: 'storage.read',
  params: NO_PARAMS,
  query: usageQuery,
  body: NO_BODY,
  responses: { 200: { description: 'The sums.', schema: usageSchema } },
  handle: async ({ env, caller, query }) => {
    const refused = beyond(caller);
    if (refused !== null) return refused;
    const after = query.after ?? null;
    const found = await readUsage(env, after);
    const { platform } = found;
    return json({
      as_of_ms: found.asOfMs,
      after,
      next: found.next,
      usage: found.usage.map(({ oldestMs, newestMs, ...sums }) => ({
        ...sums,
        oldest_ms: oldestMs,
        newest_ms: newestMs,
      })),
      orphans: { ...found.orphans, first: found.orphans.first.map(wireOrphan) },
      index_bytes: found.indexBytes,
      platform:
        platform === null
          ? null
          : { database_bytes: platform.databaseBytes, bouts: platform.bouts, entries: platform.entries },
      bout_objects_bytes: null,
    } satisfies z.infer<typeof usageSchema>);
  },
});

const rules = defineRoute({
  method: 'get',
  path: '/api/storage/rules',
  tag: 'Storage',
  summary: 'How long what may go is kept',
  permission: 'storage.read',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: NO_BODY,
  responses: { 200: { description: 'The rules that hold.', schema: rulesSchema } },
  handle: async ({ env, caller }) => beyond(caller) ?? json(wireRules(await platformOf(env).storageRules())),
});

const changeRules = defineRoute({
  method: 'put',
  path: '/api/storage/rules',
  tag: 'Storage',
  summary: 'Change how long what may go is kept',
  description: 'Recorded in the deployment’s ledger. A rule deletes nothing by itself: a clean-up has to be asked for.',
  permission: 'storage.write',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: changeRulesSchema,
  responses: {
    200: { description: 'They hold from now on.', schema: changedRulesSchema },
    409: { description: 'The rules have been changed since that version, or the same change again (is_duplicate).' },
  },
  handle: async ({ env, caller, body }) => {
    const refused = beyond(caller);
    if (refused !== null || caller === null) return refused ?? refuse('unauthorized', 'This needs a token.');
    const outcome = await platformOf(env).changeStorageRules({
      version: body.version,
      rules: body.rules.map((rule) => ({
        class: rule.class,
        promotion: rule.promotion,
        maxAgeDays: rule.max_age_days,
      })),
      reason: body.reason,
      by: actorOf(caller),
      eventId: body.event_id ?? null,
    });
    if (!outcome.ok) return outcome;
    const { answer, eventId, isDuplicate } = outcome.value;
    const delivery = {
      success: true,
      event_id: eventId,
      client_event_id: body.event_id ?? null,
      is_duplicate: isDuplicate,
    };
    return json({ ...delivery, ...wireRules(answer) }, isDuplicate ? 409 : 200);
  },
});

const clean = defineRoute({
  method: 'post',
  path: '/api/storage/clean',
  tag: 'Storage',
  summary: 'Delete what the rules do not keep, or show what that would be',
  description:
    'Exports only, a page at a time. Files of sealed bouts and anchors are never in a plan. What is deleted is recorded in the deployment’s ledger, before and after; a run that was cut off is finished by sending it again.',
  permission: 'storage.write',
  params: NO_PARAMS,
  query: NO_QUERY,
  body: cleanSchema,
  responses: {
    200: { description: 'The plan, or what was deleted.', schema: cleanedSchema },
    409: { description: 'The same run again (is_duplicate), or the rules changed in the middle.' },
  },
  handle: async ({ env, caller, body }) => {
    const refused = beyond(caller);
    if (refused !== null || caller === null) return refused ?? refuse('unauthorized', 'This needs a token.');
    const input = { promotion: body.promotion ?? null, after: body.after ?? null, limit: body.limit };
    if (body.dry_run) return await showPlan(env, input);
    const outcome = await runClean(env, caller, body.event_id ?? `clean_${crypto.randomUUID()}`, input);
    if (!outcome.ok) return outcome;
    const { runId, isDuplicate, run, objects, bytes } = outcome.value;
    const answer: z.infer<typeof cleanedSchema> = {
      success: true,
      dry_run: false,
      run_id: runId,
      is_duplicate: isDuplicate,
      rules_version: run.rulesVersion,
      objects,
      bytes,
      items: run.items.map(({ key, size }) => ({ key, bytes: size, age_days: null, rule: null })),
      orphans: [],
      next: run.next,
    };
    return json(answer, isDuplicate ? 409 : 200);
  },
});

async function showPlan(env: Env, input: CleanInput): Promise<Response> {
  const { doomed, orphans, rules: held, next } = await planClean(env, input);
  return json({
    success: true,
    dry_run: true,
    run_id: null,
    is_duplicate: false,
    rules_version: held.version,
    objects: doomed.length,
    bytes: bytesOf(doomed),
    items: doomed.map(wireDoomed),
    orphans: orphans.slice(0, NAMED_ORPHANS).map(wireOrphan),
    next,
  } satisfies z.infer<typeof cleanedSchema>);
}

function wireRules({ version, changedMs, rules: held }: StorageRules): z.infer<typeof rulesSchema> {
  return { version, changed_ms: changedMs, rules: held.map(wireRule) };
}

function wireRule({ class: ruled, promotion, maxAgeDays }: RetentionRule) {
  return { class: ruled, promotion, max_age_days: maxAgeDays };
}

function wireDoomed({ key, size, ageDays, rule }: Doomed) {
  return { key, bytes: size, age_days: ageDays, rule: wireRule(rule) };
}

function wireOrphan({ key, size, boutId }: Orphan) {
  return { key, bytes: size, bout_id: boutId };
}

export const storageRoutes: readonly Route[] = [usage, rules, changeRules, clean];
