/**
 * A model package: fetched, checked, not yet on a device. What the first answer takes is there when it
 * is opened; deeper layers and their exits come when a text needs them, or before that in the background.
 */

import { parseCalibration, type Calibration } from '../src/core/calibration.js';
import { parseManifest, type Kind, type Manifest, type Part, type Templates } from '../src/core/manifest.js';
import { Embeddings } from './embed.js';
import { readNgrams, type Ngrams } from './ngrams.js';
import type { Shards } from '../src/files/shards.js';
import { TextTokenizer } from './tokenize.js';

/** An encoder's calibration. */
const NOTHING: Calibration = { split: '', n: 0, labels: [], predictions: [], uncertainties: [] };

export class Package {
  /** Layers and exits that were begun to be fetched, whoever has them now. */
  private readonly begun = new Set<Part>();
  /** Of those, the ones that nobody has taken yet. */
  private readonly waiting = new Map<Part, Promise<ArrayBuffer>>();

  private constructor(
    private readonly shards: Shards,
    readonly manifest: Manifest,
    readonly tokenizer: TextTokenizer,
    readonly embeddings: Embeddings,
    readonly calibration: Calibration,
    /** What is added to exit 0's logits, where there is such. */
    readonly ngrams: Ngrams | undefined,
  ) {}

  /**
   * Fetches what the first answer takes.
   *
   * @param kind of an encoder to be taught, which has no exits: none of its layers then
   */
  static async open(shards: Shards, kind?: Kind): Promise<Package> {
    const manifest = parseManifest(await shards.manifest(), kind);
    const early = [...Array(firstExit(manifest) + 1).keys()].flatMap((number) => stageParts(manifest, number));
    const { tokenizer, tokenizer_config, calibration, embeddings, ngrams, exits, max_tokens, text_pair, windows } = manifest;
    // What small files become is made while the large ones are on their way.
    const [textTokenizer, calibrated, [table, grams], found] = await Promise.all([
      Promise.all([tokenizer, tokenizer_config].map((part) => shards.json(part))).then(([json, config]) => new TextTokenizer(json!, config!, max_tokens, text_pair, windows)),
      kind ? NOTHING : shards.json(calibration).then((json) => parseCalibration(json, exits)),
      shards.files(ngrams ? [embeddings, ngrams] : [embeddings]),
      shards.files(early),
    ]);
    const pkg = new Package(shards, manifest, textTokenizer, new Embeddings(manifest, table!), calibrated, grams && readNgrams(manifest, grams));
    void shards.keepManifest();
    early.forEach((part, i) => pkg.hold(part, Promise.resolve(found[i]!)));
    return pkg;
  }

  /** The graphs for a GPU. */
  async templates(): Promise<Record<keyof Templates, ArrayBuffer>> {
    const { layer, mask } = this.manifest.templates;
    const [layerGraph, maskGraph] = await this.shards.files([layer, mask]);
    return { layer: layerGraph!, mask: maskGraph! };
  }

  /** The number of the first exit behind a layer: as many layers does the first answer take, or none. */
  get firstExit(): number {
    return firstExit(this.manifest);
  }

  /**
   * A layer's shard, counted from 1. It is handed over: whoever puts it on a device has it there, and it
   * is not kept beside that. (Who asks again, another device say, gets it from the browser's cache, or
   * fetched.) Who needs a deep one may need the next: all begin to load.
   */
  layer(number: number): Promise<ArrayBuffer> {
    const found = this.take(this.manifest.layers[number - 1]!);
    if (number > this.firstExit) this.fetchRest();
    return found;
  }

  /** An exit's shard, of one that is there; handed over as a layer's is. */
  exit(number: number): Promise<ArrayBuffer> {
    return this.take(this.manifest.exits[number]!);
  }

  /** The shard of taught exits' words, where there is one; handed over as a layer's is. */
  words(): Promise<ArrayBuffer> | undefined {
    const { words } = this.manifest;
    return words && this.take(words);
  }

  /** A file that is not the package's, but is loaded for it, and counted with it. */
  other(file: string, url: Promise<string>, bytes: number): Promise<ArrayBuffer> {
    return this.shards.other(file, url, bytes);
  }

  /** Of such files. */
  get otherBytes(): number {
    return this.shards.otherBytes;
  }

  /** Ends what is still being fetched. */
  close(): void {
    this.shards.close();
  }

  /** Fetches all that was not begun yet. */
  async whole(): Promise<void> {
    this.fetchRest();
    await Promise.all(this.waiting.values());
  }

  /** Begins to fetch all that was not begun yet. What fails is fetched again when it is needed. */
  fetchRest(): void {
    for (const part of this.parts()) if (!this.begun.has(part)) this.fetch(part);
  }

  /** All layers' and exits'. */
  private parts(): Part[] {
    return [...this.manifest.exits.keys()].flatMap((number) => stageParts(this.manifest, number));
  }

  private async take(part: Part): Promise<ArrayBuffer> {
    const shard = await (this.waiting.get(part) ?? this.fetch(part));
    this.waiting.delete(part);
    return shard;
  }

  private fetch(part: Part): Promise<ArrayBuffer> {
    return this.hold(part, this.shards.files([part], Infinity).then(([shard]) => shard!));
  }

  private hold(part: Part, shard: Promise<ArrayBuffer>): Promise<ArrayBuffer> {
    this.begun.add(part);
    this.waiting.set(part, shard);
    shard.catch(() => {
      this.begun.delete(part);
      this.waiting.delete(part);
    });
    return shard;
  }
}

function firstExit({ exits }: Manifest): number {
  return exits.findIndex((exit, number) => number > 0 && exit !== null);
}

/** The shards of a layer and of the exit behind it; of number 0 the exit, and what words say to taught ones. */
function stageParts({ layers, exits, words }: Manifest, number: number): Part[] {
  return [number > 0 ? layers[number - 1] : words, exits[number]].filter((part) => part !== undefined && part !== null);
}
