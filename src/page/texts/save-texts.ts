/**
 * What came of texts, to take away: as a table for spreadsheets and as JSON with the settings. A
 * replayed time is never among it.
 */

import type { Device, Mode } from '../../index.js';
import { stageTable } from '../charts/stage-parts.js';
import { fullBelief } from '../disagreement.js';
import { answer, type Outcome, type Sample } from '../outcome.js';
import { guarded, SAVED_COLUMNS } from './spreadsheet.js';

/** Under which circumstances the texts were read. */
export interface Settings {
  task: string;
  /** Undefined while it is loaded anew. */
  model: string | undefined;
  /** The speed that the answers are for. */
  speed: number;
  /** The speed that the texts ran at; where it is another, the answers are replayed. */
  ranAt: number;
  replayed: boolean;
  mode: Mode;
  /** L. */
  layers: number;
  /** Names of the classes. */
  labels: readonly string[];
  /** ISO 8601. */
  date: string;
}

/** A text and what is known of it; null is unknown, and no labels at all are an answer too. */
export interface SavedText {
  text: string;
  /** The second of a pair. */
  text_pair?: string;
  /** The right ones, where the user gave them. */
  label: string[] | null;
  answer: string[] | null;
  score: number | null;
  exit: number | null;
  uncertainty: number | null;
  /** Milliseconds until it left; null where they are another speed's. */
  ms: number | null;
  /** Where it was read; null while it is not through. */
  device: Device | null;
  /** The last layer's answer. */
  full: string[] | null;
  /** After each exit from 0 to L; null where it was not computed. */
  uncertainties: (number | null)[];
}

export function savedText(sample: Sample, { belief }: Outcome, { labels, layers, replayed }: Settings): SavedText {
  const { text, gold, trajectory, verdict } = sample;
  const names = (classes: readonly number[]): string[] => classes.map((i) => labels[i]!);
  const said = belief && answer(belief);
  const full = fullBelief(sample, layers);
  const at = new Map(trajectory.map(({ exit, uncertainty }) => [exit, uncertainty]));
  return {
    ...(typeof text === 'string' ? { text } : text),
    label: gold ? names(gold) : null,
    answer: said ? names(said.classes) : null,
    score: rounded(said?.score),
    exit: belief?.exit ?? null,
    uncertainty: rounded(belief?.uncertainty),
    ms: rounded(verdict && !replayed ? stageTable([verdict])?.needed : undefined),
    device: verdict?.device ?? null,
    full: full ? names(answer(full).classes) : null,
    uncertainties: Array.from({ length: layers + 1 }, (_, exit) => rounded(at.get(exit))),
  };
}

/** Six digits after the point: more are noise, and numbers so small that they need an exponent become 0. */
function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toFixed(6));
}

export function toJson(settings: Settings, texts: readonly SavedText[]): string {
  return JSON.stringify({ settings, texts }, null, 1);
}

/** RFC 4180, with the byte order mark by which spreadsheets know UTF-8; of several labels | stands between. */
export function toCsv({ layers }: Settings, texts: readonly SavedText[]): string {
  const pairs = texts.some(({ text_pair }) => text_pair !== undefined);
  const ofPairs = <T>(cell: T): T[] => (pairs ? [cell] : []);
  const exits = Array.from({ length: layers + 1 }, (_, exit) => `uncertainty_${exit}`);
  const head = [...SAVED_COLUMNS, ...exits, ...ofPairs('text_pair')];
  const rows = texts.map(({ uncertainties, text_pair = '', ...one }) => [
    ...SAVED_COLUMNS.map((column) => one[column]),
    ...uncertainties,
    ...ofPairs(text_pair),
  ]);
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

function csvCell(value: string | string[] | number | null): string {
  if (value === null || typeof value === 'number') return String(value ?? '');
  const text = typeof value === 'string' ? value : value.join('|');
  return `"${guarded(text).replaceAll('"', '""')}"`;
}
