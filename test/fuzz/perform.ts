import { type Fault, faultsOfAnswer, isRefusal, parsed } from './checks.ts';
import { claimsOf, credentialText } from './credential.ts';
import type { Document } from './document.ts';
import { frameOf, type Protocol } from './messages.ts';
import { faultsOfRaw, isRawRefusal, type RawPlan, rawBytes, saysTheRuntime, sendRaw } from './raw.ts';
import { curlOf, framesOf, hexOf } from './report.ts';
import { addressOf, asCaller, type RequestPlan, wireOf } from './request.ts';
import { converse, faultsOfSocket, isSocketRefusal, type SocketPlan, type UpgradePlan } from './socket.ts';
import { isRecord } from './schema.ts';
import { writeText } from './tree.ts';
import { send, type Wire } from './wire.ts';
import type { World } from './world.ts';

export type Plan = RequestPlan | RawPlan | UpgradePlan | SocketPlan;

/** What all cases share. */
export type Stage = {
  readonly url: string;
  readonly document: Document;
  readonly protocol: Protocol;
  /** Every bout that an answer has named. */
  readonly bouts: Set<string>;
};

/** What came of one case. */
export type Outcome = {
  /** Whose case it was: an operation, `raw`, or the socket. */
  readonly what: string;
  /** `200`, `4xx` and so on, for the figures. */
  readonly status: number;
  /** Whether the runtime refused it before the product saw it. */
  readonly ofTheRuntime: boolean;
  readonly faults: readonly Fault[];
  readonly refused: boolean;
  /** Everything that was sent, in words: the things that it names may have changed. */
  readonly naming: string;
  /** How a person sends it again. */
  readonly again: string;
};

/** Sends what a plan says and judges the answer. */
export async function perform(plan: Plan, world: World, stage: Stage): Promise<Outcome> {
  switch (plan.kind) {
    case 'request': {
      const { key } = plan.operation;
      return await performWire(key, wireOf(plan, world.memory.known, world.tokens, world.fitting(key)), world, stage);
    }
    case 'upgrade':
      return await performWire(socketKey(stage.document), upgradeWire(plan, world, stage), world, stage);
    case 'raw':
      return await performRaw(plan, world, stage);
    case 'socket':
      return await performSocket(plan, world, stage);
  }
}

async function performWire(what: string, wire: Wire, world: World, stage: Stage): Promise<Outcome> {
  const { url, document } = stage;
  const answer = await send(url, wire);
  const faults = faultsOfAnswer(document, wire, answer);
  const status = 'failure' in answer ? 0 : answer.status;
  const ofTheRuntime = !('failure' in answer) && answer.type === 'text/plain' && answer.text.startsWith('ERROR: ');
  if (!('failure' in answer) && status < 300) {
    const json = parsed(answer.text);
    world.memory.note(json);
    if (isRecord(json) && typeof json['bout_id'] === 'string') stage.bouts.add(json['bout_id']);
    if (wire.body !== null) world.memory.note(parsed(wire.body.toString()));
  }
  const token = wire.headers.find(([name]) => name === 'authorization')?.[1].replace('Bearer ', '') ?? '';
  const naming = `${wire.target} ${unescaped(wire.target)} ${wire.body?.toString() ?? ''} ${scopeOf(token)}`;
  return { what, status, ofTheRuntime, faults, refused: isRefusal(answer), naming, again: curlOf(url, wire) };
}

async function performRaw(plan: RawPlan, world: World, { url }: Stage): Promise<Outcome> {
  const bytes = rawBytes(plan, url, world.memory.known, world.tokens);
  const answer = await sendRaw(url, bytes);
  const text = bytes.toString('latin1');
  const token = /authorization: Bearer (\S+)/.exec(text)?.[1] ?? '';
  return {
    what: 'raw',
    status: answer.statuses[0] ?? 0,
    ofTheRuntime: saysTheRuntime(answer),
    faults: faultsOfRaw(bytes, answer),
    refused: isRawRefusal(answer),
    naming: `${text} ${unescaped(text)} ${scopeOf(token)}`,
    again: hexOf(url, bytes),
  };
}

async function performSocket(plan: SocketPlan, world: World, { url, document, protocol }: Stage): Promise<Outcome> {
  const token = credentialText(plan.credential, world.tokens);
  const known = asCaller(token, world.memory.known);
  const path = socketPath(document, writeText(plan.bout, known), plan.cursor === null ? null : String(plan.cursor));
  const frames = plan.messages.map((message) => frameOf(message, known));
  // What is no word of a header cannot be offered at all.
  const offered = token !== null && /^[\w.-]+$/.test(token) ? ['fightjudge.v1', token] : ['fightjudge.v1'];
  const tale = await converse(url, path, offered, frames);
  for (const text of tale.received) if (text.startsWith('{"type":"ack"')) world.memory.note(parsed(text));
  return {
    what: socketKey(document),
    status: tale.status,
    ofTheRuntime: false,
    faults: faultsOfSocket(document, protocol, frames, tale),
    refused: isSocketRefusal(tale),
    naming: `${path} ${frames.map(String).join(' ')}`,
    again: framesOf(url, path, offered, frames),
  };
}

function upgradeWire(plan: UpgradePlan, world: World, { document }: Stage): Wire {
  const token = credentialText(plan.credential, world.tokens) ?? '';
  return {
    method: 'GET',
    target: socketPath(document, writeText(plan.bout, world.memory.known), plan.cursor),
    headers: [
      ['cf-connecting-ip', addressOf(1)],
      ['connection', 'Upgrade'],
      ['upgrade', 'websocket'],
      ['sec-websocket-version', plan.version],
      ['sec-websocket-key', plan.key],
      ['sec-websocket-protocol', plan.protocols.replaceAll('TOKEN', token)],
    ],
    body: null,
    chunked: false,
  };
}

function socketKey(document: Document): string {
  return document.operations.find((one) => one.isSocket)?.key ?? 'socket';
}

function socketPath(document: Document, bout: string, cursor: string | null): string {
  const path = document.operations.find((one) => one.isSocket)?.path ?? '';
  const filled = path.replace(/\{\w+\}/, encodeURIComponent(bout.toWellFormed()));
  return filled + (cursor === null ? '' : `?cursor=${encodeURIComponent(cursor.toWellFormed())}`);
}

/** A token for one bout alone names it without a word in the request. */
function scopeOf(token: string): string {
  const { bout_id: bout, card_id: card } = claimsOf(token);
  return `${String(bout ?? '')} ${String(card ?? '')}`;
}

function unescaped(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
