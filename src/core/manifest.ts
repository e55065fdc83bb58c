/** `manifest.json`: what a model package consists of, and the checks on it. */

import { PackageError } from './package-error.js';

/** A file of the package: path relative to the manifest, size, and content hash in hex. */
export interface Part {
  file: string;
  bytes: number;
  sha256: string;
}

/** Where a tensor lies in a shard: bytes from its start, row-major. */
export interface TensorPlace {
  offset: number;
  type: 'int8' | 'uint8' | 'float32';
  shape: number[];
}

/** The names are those of Hugging Face's config.json. */
export interface Architecture {
  vocab_size: number;
  hidden_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  intermediate_size: number;
  max_position_embeddings: number;
  layer_norm_eps: number;
  /** Width of an attention head; hidden_size / num_attention_heads unless heads were pruned. */
  head_dim: number;
  exit_size: number;
  exit_heads: number;
  /** `gelu` where it is not said. */
  hidden_act?: (typeof HIDDEN_ACTIVATIONS)[number];
  /** Width of the embeddings, where it is not hidden_size: a matrix widens them. */
  embedding_size?: number;
  /** Where the last exit is the classification head that the model came with, its activation. */
  head_act?: (typeof HEAD_ACTIVATIONS)[number];
  /** Where exits are not FastBERT's: `discriminant`, linear on the mean of the hidden state, as pages are taught them. */
  exit_kind?: 'discriminant';
  /** Of encoders that are taught, where token ids from here on are words by how common they are: the commonest's. */
  first_word?: number;
}

/** By the names of config.json; `gelu_new` is GELU's approximation by tanh. */
const HIDDEN_ACTIVATIONS = ['gelu', 'gelu_new', 'relu'] as const;
const HEAD_ACTIVATIONS = ['tanh', 'relu', 'gelu'] as const;

/** Graphs without weights for a GPU: a layer, shared by all layers, and the mask of a batch. All else is the worker's own. */
export interface Templates {
  layer: Part;
  mask: Part;
}

export interface Manifest {
  format: typeof FORMAT;
  /** Of an encoder that is to be taught: without labels, exits and calibration. */
  kind?: Kind;
  name: string;
  architecture: Architecture;
  /** Whether a text has one of the labels, as classes, or any number of them. The name is config.json's. */
  problem_type: ProblemType;
  labels: string[];
  /** An even spread over so many classes counts as an uncertainty of 1; 2 where each label is right or not. */
  uncertainty_classes: number;
  /** Longest input in tokens, [CLS] and [SEP] counted; longer texts are cut, or read in windows. */
  max_tokens: number;
  /** Into how many windows of `max_tokens` at most a longer text is parted, of models that learnt to read such. */
  windows?: number;
  /** Whether it reads pairs of texts, and not single ones. */
  text_pair?: boolean;
  /**
   * Frequent words have lower ids: those of `words` take 8 bits a value, the others of `rare_words` 4,
   * two values a byte.
   */
  embeddings: Part & {
    tensors: Record<
      'words' | 'rare_words' | 'word_scales' | 'positions' | 'position_scales' | 'norm_weight' | 'norm_bias',
      TensorPlace
    > &
      Partial<Record<'widen_weight' | 'widen_bias', TensorPlace>> & {
        /** What the tokens of a pair's second text get added [E], where the encoder has token types. */
        types?: TensorPlace;
      };
  };
  /** One shard a layer [L]. */
  layers: Part[];
  /** One shard an exit [L + 1]; null for a hidden state without one, which the last is not. */
  exits: (Part | null)[];
  /**
   * What word pieces and pairs of neighbours add to exit 0's logits: a row each of 2^bits buckets of pairs behind those of
   * the vocabulary. Rows are logits, or, of that width, what a matrix makes logits of.
   */
  ngrams?: Part & { bits: number; width?: number };
  /** Of discriminant exits, which word pieces stand in texts of each label, where that is counted in. */
  words?: Part;
  templates: Templates;
  tokenizer: Part;
  tokenizer_config: Part;
  /** Which an encoder to be taught has not. */
  calibration: Part;
  /**
   * Whose answers the calibration counts as right: `model` where it was made without labels, of a classifier as
   * it was (`python -m training adopt`), so that accuracy means agreement with it; else those of labelled texts.
   */
  gold?: 'model';
  license: string;
}

export type Kind = 'backbone';
export type ProblemType = 'single_label_classification' | 'multi_label_classification';
const PROBLEM_TYPES: readonly unknown[] = ['single_label_classification', 'multi_label_classification'];

export const FORMAT = 'fastbert-web/2';

/** Every file that the manifest names. */
export function partsOf({ embeddings, layers, exits, words, ngrams, templates, tokenizer, tokenizer_config, calibration }: Manifest): Part[] {
  const parts = [tokenizer, tokenizer_config, calibration, templates.layer, templates.mask, embeddings, ...layers, ...exits, words, ngrams];
  return parts.filter((part) => part !== undefined && part !== null);
}

function fail(what: string): never {
  throw new PackageError(
    `manifest.json: ${what}. Export the package again with the training code of this version.`,
  );
}

/** Beside the manifest or in a folder beside its own: a package has no business elsewhere. */
const FILE = /^(\.\.\/)?([\w-][\w.-]*\/)*[\w-][\w.-]*$/;
const MOST_BYTES = 2 ** 31;

/** Far beyond any encoder that a browser could run; what is larger is a mistake, or meant to fill the memory. */
const MOST: Record<Exclude<keyof Architecture, 'layer_norm_eps' | 'hidden_act' | 'embedding_size' | 'head_act' | 'exit_kind' | 'first_word'>, number> = {
  vocab_size: 2 ** 20,
  hidden_size: 8192,
  num_hidden_layers: 128,
  num_attention_heads: 256,
  intermediate_size: 2 ** 16,
  max_position_embeddings: 2 ** 16,
  head_dim: 1024,
  exit_size: 8192,
  exit_heads: 256,
};
const MOST_LABELS = 100_000;
const MOST_WINDOWS = 256;

function checkPart(part: unknown, where: string): void {
  const { file, bytes, sha256 } = (part ?? {}) as Partial<Part>;
  if (typeof file !== 'string' || !FILE.test(file)) fail(`${where} names no file in or beside the package's folder`);
  if (!Number.isSafeInteger(bytes) || bytes! <= 0 || bytes! > MOST_BYTES) fail(`${where} has no size in bytes`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) fail(`${where} has no SHA-256`);
}

/**
 * The manifest in parsed JSON; throws PackageError saying what is wrong and where.
 *
 * @param kind that is wanted; else a classifier
 */
export function parseManifest(json: unknown, kind?: Kind): Manifest {
  if (typeof json !== 'object' || json === null) fail('it is not an object');
  const manifest = json as Manifest;
  if (manifest.format !== FORMAT) {
    fail(`its format is ${JSON.stringify(manifest.format)}, this version reads "${FORMAT}"`);
  }
  if (typeof manifest.name !== 'string') fail('name is not a text');
  for (const [name, most] of Object.entries(MOST)) {
    const value = manifest.architecture?.[name as keyof typeof MOST];
    if (!Number.isSafeInteger(value) || value < 1 || value > most) fail(`architecture.${name} is not a size from 1 to ${most}`);
  }
  if (!(manifest.architecture.layer_norm_eps > 0)) fail('architecture.layer_norm_eps is not positive');
  const { hidden_act, embedding_size, head_act, exit_kind, first_word, vocab_size, num_hidden_layers: depth } = manifest.architecture;
  if (hidden_act !== undefined && !HIDDEN_ACTIVATIONS.includes(hidden_act)) fail(`architecture.hidden_act is none of ${HIDDEN_ACTIVATIONS.join(', ')}`);
  if (head_act !== undefined && !HEAD_ACTIVATIONS.includes(head_act)) fail(`architecture.head_act is none of ${HEAD_ACTIVATIONS.join(', ')}`);
  if (exit_kind !== undefined && exit_kind !== 'discriminant') fail('architecture.exit_kind is not "discriminant"');
  if (first_word !== undefined && !(Number.isSafeInteger(first_word) && first_word >= 0 && first_word < vocab_size)) fail('architecture.first_word is no token id');
  if (embedding_size !== undefined && !(Number.isSafeInteger(embedding_size) && embedding_size >= 1 && embedding_size <= MOST.hidden_size)) {
    fail(`architecture.embedding_size is not a size from 1 to ${MOST.hidden_size}`);
  }
  if (
    !(Number.isSafeInteger(manifest.max_tokens) && manifest.max_tokens >= 3) ||
    manifest.max_tokens > manifest.architecture.max_position_embeddings
  ) {
    fail('max_tokens does not fit the positions');
  }
  if (manifest.windows !== undefined) checkWindows(manifest);
  if (!Array.isArray(manifest.layers) || manifest.layers.length !== depth) fail(`layers does not list ${depth} shards`);
  manifest.layers.forEach((part, i) => checkPart(part, `layers[${i}]`));
  checkEmbeddings(manifest);
  for (const name of ['layer', 'mask'] as const) checkPart(manifest.templates?.[name], `templates.${name}`);
  for (const name of ['tokenizer', 'tokenizer_config'] as const) checkPart(manifest[name], name);
  if (manifest.kind !== kind) {
    throw new PackageError(
      kind ? `${manifest.name} has labels. teach() takes an encoder without, as models/general.` : `${manifest.name} has no labels. Use teach(), which gives it yours.`,
    );
  }
  if (kind) return { ...manifest, labels: [], exits: Array(depth + 1).fill(null) };
  checkClassifier(manifest);
  return manifest;
}

function checkWindows({ windows, text_pair, kind, architecture }: Manifest): void {
  if (!(Number.isSafeInteger(windows) && windows! >= 2 && windows! <= MOST_WINDOWS)) fail(`windows is not a number from 2 to ${MOST_WINDOWS}`);
  if (text_pair || kind || architecture.exit_kind) fail('windows goes neither with text_pair nor with kind or architecture.exit_kind');
}

function checkClassifier(manifest: Manifest): void {
  const { num_hidden_layers: depth, exit_kind } = manifest.architecture;
  const labels: unknown = manifest.labels;
  if (!Array.isArray(labels) || labels.length < 2 || labels.length > MOST_LABELS || labels.some((l) => typeof l !== 'string')) {
    fail(`labels is not a list of 2 to ${MOST_LABELS} names`);
  }
  if (!PROBLEM_TYPES.includes(manifest.problem_type)) fail(`problem_type is neither ${PROBLEM_TYPES.join(' nor ')}`);
  if (manifest.gold !== undefined && manifest.gold !== 'model') fail('gold is not "model"');
  const even = manifest.uncertainty_classes;
  if (!Number.isSafeInteger(even) || even < 2 || even > manifest.labels.length) {
    fail('uncertainty_classes is not a number of classes, from 2 to all');
  }
  if (!['undefined', 'boolean'].includes(typeof manifest.text_pair)) fail('text_pair is neither true nor false');
  if (!Array.isArray(manifest.exits) || manifest.exits.length !== depth + 1) fail(`exits does not list ${depth + 1} shards`);
  if (manifest.exits[depth] === null) fail('the last layer has no exit');
  manifest.exits.forEach((part, i) => (part === null && !exit_kind) || checkPart(part, `exits[${i}]`));
  if (manifest.words) checkPart(manifest.words, 'words');
  if (manifest.ngrams) checkNgrams(manifest.ngrams, manifest.exits[0]!);
  checkPart(manifest.calibration, 'calibration');
}

function checkNgrams(ngrams: NonNullable<Manifest['ngrams']>, exit: Part | null): void {
  checkPart(ngrams, 'ngrams');
  const { bits, width = 1 } = ngrams;
  const areSizes = [bits, width].every((size) => Number.isSafeInteger(size) && size >= 1);
  if (!areSizes || bits > 24 || width > MOST.hidden_size || exit === null) fail('ngrams has no size, or no exit 0 to add to');
}

function checkEmbeddings({ embeddings, architecture: a }: Manifest): void {
  checkPart(embeddings, 'embeddings');
  const common = embeddings.tensors?.words?.shape?.[0] ?? 0;
  if (!Number.isSafeInteger(common) || common < 1 || common > a.vocab_size) {
    fail(`embeddings.tensors.words has not between 1 and ${a.vocab_size} rows`);
  }
  const width = a.embedding_size ?? a.hidden_size;
  const tensors: Partial<Record<keyof typeof embeddings.tensors, [type: TensorPlace['type'], ...shape: number[]]>> = {
    words: ['int8', common, width],
    rare_words: ['uint8', a.vocab_size - common, width / 2],
    word_scales: ['float32', a.vocab_size],
    positions: ['int8', a.max_position_embeddings, width],
    position_scales: ['float32', a.max_position_embeddings],
    norm_weight: ['float32', width],
    norm_bias: ['float32', width],
    ...(a.embedding_size && { widen_weight: ['float32', width, a.hidden_size], widen_bias: ['float32', a.hidden_size] }),
  };
  if (embeddings.tensors.types) tensors.types = ['float32', width];
  for (const [name, [type, ...shape]] of Object.entries(tensors)) {
    const place = embeddings.tensors[name as keyof typeof tensors];
    if (place?.type !== type || JSON.stringify(place.shape) !== JSON.stringify(shape)) {
      fail(`embeddings.tensors.${name} is not ${type} [${shape.join(', ')}]`);
    }
    const length = shape.reduce((x, y) => x * y, 1) * (type === 'float32' ? 4 : 1);
    if (!Number.isSafeInteger(place.offset) || place.offset < 0 || place.offset % 4 || place.offset + length > embeddings.bytes) {
      fail(`embeddings.tensors.${name} lies outside its shard`);
    }
  }
}
