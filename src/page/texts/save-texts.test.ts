import { expect, test } from 'vitest';
import type { Verdict } from '../../index.js';
import { outcome, type Sample } from '../outcome.js';
import { readFile } from './read-file.js';
import { savedText, toCsv, toJson, type Settings } from './save-texts.js';

const settings: Settings = {
  task: 'Sentiment',
  model: 'tiny',
  speed: 0.5,
  ranAt: 0.5,
  replayed: false,
  mode: 'fast',
  layers: 2,
  labels: ['negative', 'positive'],
  date: '2025-01-02T03:04:05.000Z',
};
const belief = (exit: number, uncertainty: number, positive: number) => ({ exit, uncertainty, probabilities: [1 - positive, positive] });
const times = { tokenize: 0.25, embed: 1, steps: [1, 2], readback: 0, compact: 0, total: 4.25 };
const verdict = { exit: 1, times, device: 'webgpu' } as unknown as Verdict;
const sample: Sample = {
  text: 'A "fine" film,\r\nthey said',
  gold: [0],
  trajectory: [belief(0, 0.9, 0.4), belief(1, 0.1234567, 0.75)],
  verdict,
  full: belief(2, 0.1, 0.2),
};
const saved = (one: Sample, some: Partial<Settings> = {}) => {
  const of = { ...settings, ...some };
  return savedText(one, outcome(one, of.ranAt, of.speed, 2), of);
};
const bytes = (content: string) => new TextEncoder().encode(content).buffer;
const HEAD = 'text,label,answer,score,exit,uncertainty,ms,full,uncertainty_0,uncertainty_1,uncertainty_2';
const csv = (...texts: string[]) => toCsv(settings, texts.map((text) => saved({ text, trajectory: [] })));
/** The text's cell of each row, with its quotes. */
const cells = (content: string) => content.split('\r\n').slice(1, -1).map((row) => row.replace(/(,""|,)*$/, ''));

test('a row a text: quoted where it is text, empty where nothing is known', () => {
  const unread: Sample = { text: 'not read', trajectory: [] };
  expect(toCsv(settings, [sample, unread].map((one) => saved(one)))).toBe(
    `\uFEFF${HEAD.split(',').map((name) => `"${name}"`).join(',')}\r\n` +
      '"A ""fine"" film,\r\nthey said","negative","positive",0.75,1,0.123457,4.25,"negative",0.9,0.123457,\r\n' +
      '"not read",,,,,,,,,,\r\n',
  );
});

test('a replayed time is no time', () => {
  const replayed = { speed: 0.95, replayed: true };
  expect(saved(sample, replayed)).toMatchObject({ exit: 0, answer: ['negative'], uncertainty: 0.9, ms: null });
  expect(toCsv(settings, [saved(sample, replayed)])).toContain('"negative",0.6,0,0.9,,"negative"');
});

test('several labels stand in one cell; none is an answer, but not an unknown one', () => {
  const several = (...probabilities: number[]): Sample => ({
    text: 'x',
    gold: [0, 1],
    trajectory: [{ exit: 0, uncertainty: 0.1, probabilities, labelUncertainties: [0.1, 0.1] }],
  });
  expect(toCsv(settings, [saved(several(0.9, 0.8))])).toContain('"x","negative|positive","negative|positive",0.8,0');
  expect(saved(several(0.1, 0.2))).toMatchObject({ answer: [], full: null });
  expect(saved({ text: 'x', trajectory: [] }).answer).toBeNull();
});

test.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\rx', '\nx', ' =1', '＝1', "'=1", "''-"])('%j runs as no formula', (text) => {
  expect(cells(csv(`${text}`))[0]).toMatch(/^"'/);
});

test.each(['fine = good', "'tis fine", '', '1-1', '“=”'])('%j stays as it is', (text) => {
  expect(cells(csv(text))).toEqual([`"${text}"`]);
});

test('the page reads what it saved: texts and right labels as they were, the answers not as labels', () => {
  const texts = ['plain', 'a "quote", a comma', 'two\r\nlines\nthree', '=1+1', "'=1+1", "'tis", '-|-', ' spaced ', '\uFEFFmark', '不错 😀'];
  const samples = texts.map((text, i): Sample => ({ ...sample, text, gold: i % 2 === 0 ? [1] : undefined }));
  const read = readFile('again.csv', bytes(toCsv(settings, samples.map((one) => saved(one)))));
  expect(read.map(({ text }) => text)).toEqual(texts);
  expect(read.map(({ label }) => label)).toEqual(texts.map((_, i) => (i % 2 === 0 ? 'positive' : undefined)));
});

test('pairs come back as they were', () => {
  const pairs = [{ text: 'one', text_pair: '=two' }, { text: 'a "b"', text_pair: 'c, d' }];
  const file = toCsv(settings, pairs.map((text) => saved({ text, gold: [1], trajectory: [] })));
  expect(readFile('again.csv', bytes(file))).toEqual(pairs.map((text, i) => ({ text, label: 'positive', line: i + 2 })));
  expect(saved({ text: pairs[0]!, trajectory: [] })).toMatchObject(pairs[0]!);
});

test('an apostrophe in a file of others is theirs', () => {
  expect(readFile('a.csv', bytes("text,label\n'=1,1\n"))[0]!.text).toBe("'=1");
});

test('JSON says under which settings, and what is unknown', () => {
  expect(JSON.parse(toJson(settings, [saved(sample)]))).toEqual({
    settings,
    texts: [
      {
        text: sample.text,
        label: ['negative'],
        answer: ['positive'],
        score: 0.75,
        exit: 1,
        uncertainty: 0.123457,
        ms: 4.25,
        device: 'webgpu',
        full: ['negative'],
        uncertainties: [0.9, 0.123457, null],
      },
    ],
  });
});
