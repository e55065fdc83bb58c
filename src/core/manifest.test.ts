import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseManifest, partsOf, type Manifest } from './manifest.js';

const path = new URL('../../e2e/models/fixture/manifest.json', import.meta.url);
const fixture = (): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;

test('what the exporter writes is read', () => {
  const manifest = parseManifest(fixture());
  expect(manifest.labels).toEqual(['negative', 'positive']);
  expect(manifest.exits).toHaveLength(manifest.layers.length + 1);
});

test('a model of pairs says so, and may mark the second text', () => {
  const manifest = fixture();
  manifest.text_pair = true;
  manifest.embeddings.tensors.types = { ...manifest.embeddings.tensors.norm_bias };
  expect(parseManifest(manifest).text_pair).toBe(true);
});

test('a model may have learnt to read long texts in windows', () => {
  expect(parseManifest({ ...fixture(), windows: 4 }).windows).toBe(4);
});

test('a hidden state may have no exit', () => {
  const manifest = fixture();
  manifest.exits[0] = null;
  expect(parseManifest(manifest).exits[0]).toBeNull();
});

test('an encoder to be taught has neither labels nor exits, and says so to who wants them', () => {
  const { labels: _, exits: __, calibration: ___, problem_type: ____, ...rest } = fixture();
  const encoder = { ...rest, kind: 'backbone' };
  expect(parseManifest(encoder, 'backbone')).toMatchObject({ labels: [], exits: [null, null, null, null] });
  expect(() => parseManifest(encoder)).toThrow(/fixture has no labels\. Use teach\(\)/);
  expect(() => parseManifest(fixture(), 'backbone')).toThrow(/fixture has labels\. teach\(\) takes an encoder without/);
  expect(() => parseManifest({ ...encoder, windows: 4 }, 'backbone')).toThrow(/windows goes neither with text_pair nor with kind/);
  expect(partsOf(parseManifest(encoder, 'backbone'))).toHaveLength(2 + 2 + 1 + 3);
});

test('discriminant exits are on every hidden state, and may count words in', () => {
  const manifest = fixture();
  manifest.architecture.exit_kind = 'discriminant';
  manifest.words = manifest.exits[0]!;
  expect(partsOf(parseManifest(manifest))).toContain(manifest.words);
  manifest.exits[0] = null;
  expect(() => parseManifest(manifest)).toThrow(/exits\[0\] names no file/);
});

const faults: [string, (m: Manifest) => unknown, RegExp][] = [
  ['no object', () => 'text', /not an object/],
  ['another format', (m) => ({ ...m, format: 'onnx' }), /format is "onnx"/],
  ['a missing size', (m) => ({ ...m, architecture: { ...m.architecture, hidden_size: 0 } }), /hidden_size/],
  ['another kind of problem', (m) => ({ ...m, problem_type: 'regression' }), /problem_type is neither/],
  ['one label', (m) => ({ ...m, labels: ['yes'] }), /labels/],
  ['another kind of exit', (m) => ({ ...m, architecture: { ...m.architecture, exit_kind: 'tree' } }), /exit_kind is not "discriminant"/],
  ['n-grams without a size', (m) => ({ ...m, ngrams: { ...m.exits[0]!, bits: 0 } }), /ngrams has no size/],
  ['n-grams without an exit to add them to', (m) => ({ ...m, exits: [null, ...m.exits.slice(1)], ngrams: { ...m.exits[0]!, bits: 4 } }), /no exit 0/],
  ['a first word that is none', (m) => ({ ...m, architecture: { ...m.architecture, first_word: 1e9 } }), /first_word is no token id/],
  ['words that are no file', (m) => ({ ...m, words: { file: 'words.bin' } }), /words has no size/],
  ['uncertainty over more classes than there are', (m) => ({ ...m, uncertainty_classes: 3 }), /uncertainty_classes/],
  ['a layer too few', (m) => ({ ...m, layers: m.layers.slice(1) }), /3 shards/],
  ['an exit too few', (m) => ({ ...m, exits: m.exits.slice(1) }), /4 shards/],
  ['no last exit', (m) => ({ ...m, exits: m.exits.with(m.layers.length, null) }), /last layer has no exit/],
  ['an older format', (m) => ({ ...m, format: 'fastbert-web/1' }), /its format is "fastbert-web\/1", this version reads "fastbert-web\/2"\. Export the package again/],
  ['a newer format', (m) => ({ ...m, format: 'fastbert-web/3' }), /its format is "fastbert-web\/3"/],
  ['a shard two folders up', (m) => ({ ...m, layers: m.layers.map((p) => ({ ...p, file: '../../etc/passwd' })) }), /layers\[0\] names no file in or beside/],
  ['a shard further in and out again', (m) => ({ ...m, layers: m.layers.map((p) => ({ ...p, file: 'a/../../../b' })) }), /layers\[0\] names no file in or beside/],
  ['a shard elsewhere', (m) => ({ ...m, layers: m.layers.map((p) => ({ ...p, file: 'https://elsewhere.example/x.bin' })) }), /layers\[0\] names no file in or beside/],
  ['a billion classes', (m) => ({ ...m, labels: { length: 1e9 } }), /labels is not a list of 2 to 100000 names/],
  ['a billion words', (m) => ({ ...m, architecture: { ...m.architecture, vocab_size: 1e9 } }), /vocab_size is not a size from 1 to/],
  ['a shard without hash', (m) => ({ ...m, layers: m.layers.map((p) => ({ ...p, sha256: '' })) }), /layers\[0\] has no SHA-256/],
  ['a shard of no size', (m) => ({ ...m, exits: m.exits.map((p) => ({ ...p!, bytes: -1 })) }), /exits\[0\] has no size/],
  ['no templates', (m) => ({ ...m, templates: undefined }), /templates\.layer names no file/],
  ['a missing template', (m) => ({ ...m, templates: { layer: m.templates.layer } }), /templates\.mask names no file/],
  ['more tokens than positions', (m) => ({ ...m, max_tokens: 65 }), /max_tokens/],
  [
    'embeddings past the end of their file',
    (m) => ({ ...m, embeddings: { ...m.embeddings, bytes: 1000 } }),
    /words lies outside/,
  ],
  [
    'embeddings of another width',
    (m) => ({
      ...m,
      embeddings: {
        ...m.embeddings,
        tensors: { ...m.embeddings.tensors, words: { offset: 0, type: 'int8', shape: [512, 32] } },
      },
    }),
    /words is not int8 \[512, 64\]/,
  ],
  [
    'more frequent words than there are words',
    (m) => ({
      ...m,
      embeddings: {
        ...m.embeddings,
        tensors: { ...m.embeddings.tensors, words: { offset: 0, type: 'int8', shape: [2001, 64] } },
      },
    }),
    /words has not between 1 and 2000 rows/,
  ],
  ['one window', (m) => ({ ...m, windows: 1 }), /windows is not a number from 2 to 256/],
  ['windows without end', (m) => ({ ...m, windows: 1e9 }), /windows is not a number from 2 to 256/],
  ['windows of pairs', (m) => ({ ...m, windows: 4, text_pair: true }), /windows goes neither with text_pair/],
  ['windows of taught exits', (m) => ({ ...m, windows: 4, architecture: { ...m.architecture, exit_kind: 'discriminant' } }), /windows goes neither with text_pair nor with kind or architecture\.exit_kind/],
  ['pairs perhaps', (m) => ({ ...m, text_pair: 'true' }), /text_pair is neither true nor false/],
  [
    'a mark of another width',
    (m) => ({
      ...m,
      embeddings: {
        ...m.embeddings,
        tensors: { ...m.embeddings.tensors, types: { offset: 0, type: 'float32', shape: [32] } },
      },
    }),
    /types is not float32 \[64\]/,
  ],
  [
    'no rare words',
    (m) => ({
      ...m,
      embeddings: { ...m.embeddings, tensors: { ...m.embeddings.tensors, rare_words: undefined } },
    }),
    /rare_words is not uint8 \[1488, 32\]/,
  ],
];

test.each(faults)('refused: %s', (_, spoil, message) => {
  const spoilt = spoil(fixture());
  expect(() => parseManifest(spoilt)).toThrow(message);
  expect(() => parseManifest(spoilt)).toThrow(expect.objectContaining({ name: 'PackageError' }));
});
