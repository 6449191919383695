import { type Decoded, list, literal, nullable, number, object, text, truth } from '../../shared/wire/decode.ts';

const anomaly = object({
  kind: text,
  subject: object({ type: text, id: text }),
  population: text,
  peers: number,
  method: text,
  unit: literal('ms', 'per_minute', 'share'),
  measured: number,
  usual: number,
  n: number,
  score: nullable(number),
  /** Of something at least so unusual, taken alone. */
  chance: number,
  false_discovery_rate: number,
  bouts: list(text),
  question: text,
});

export type Anomaly = Decoded<typeof anomaly>;

const notAsked = object({
  kind: text,
  population: text,
  reason: literal('too_few_peers', 'too_little_data'),
  needed: number,
  subjects: number,
});

export type NotAsked = Decoded<typeof notAsked>;

/** `GET /api/analytics/anomalies` */
export const decodeAnomalies = object({
  max_false_discovery_rate: number,
  tested: number,
  truncated: truth,
  anomalies: list(anomaly),
  left_out: number,
  not_asked: list(notAsked),
});
