/**
 * A model package: fetched, checked, not yet on a device. What the first answer takes is there when it
 * is opened; deeper layers and their exits come when a text needs them, or before that in the background.
 */

import type { Device } from '../src/contract.js';
import { parseCalibration, type Calibration } from '../src/core/calibration.js';
import { parseManifest, type GpuTemplates, type Manifest, type Part, type Templates } from '../src/core/manifest.js';
import { Embeddings } from './embed.js';
import { Once } from './once.js';
import type { Shards } from '../src/files/shards.js';
import { TextTokenizer } from './tokenize.js';

export class Package {
  private readonly fetched = new Map<Part, Once<ArrayBuffer>>();

  private constructor(
    private readonly shards: Shards,
    readonly manifest: Manifest,
    readonly tokenizer: TextTokenizer,
    readonly embeddings: Embeddings,
    readonly calibration: Calibration,
    /** Graphs by device, of the devices that were asked for. */
    readonly templates: {
      wasm?: Record<keyof Templates, ArrayBuffer>;
      webgpu?: Record<keyof GpuTemplates, ArrayBuffer>;
    },
  ) {}

  /** Fetches what the first answer takes, with the graphs of the given devices. */
  static async open(shards: Shards, devices: readonly Device[]): Promise<Package> {
    const manifest = parseManifest(await shards.manifest());
    const named = devices.map((device) => Object.entries(manifest.templates[device]));
    const early = [...Array(firstExit(manifest) + 1).keys()].flatMap((number) => stageParts(manifest, number));
    const [tokenizer, tokenizerConfig, calibration, [table], found, ...graphs] = await Promise.all([
      shards.json(manifest.tokenizer),
      shards.json(manifest.tokenizer_config),
      shards.json(manifest.calibration),
      shards.files([manifest.embeddings]),
      shards.files(early),
      ...named.map((parts) => shards.files(parts.map(([, part]) => part))),
    ]);
    const templates = devices.map((device, d) => [
      device,
      Object.fromEntries(named[d]!.map(([name], i) => [name, graphs[d]![i]!])),
    ]);
    const pkg = new Package(
      shards,
      manifest,
      new TextTokenizer(tokenizer, tokenizerConfig, manifest.max_tokens),
      new Embeddings(manifest, table!),
      parseCalibration(calibration, manifest.exits),
      Object.fromEntries(templates) as Package['templates'],
    );
    void shards.keepManifest();
    early.forEach((part, i) => pkg.fetched.set(part, new Once(async () => found[i]!)));
    return pkg;
  }

  /** The number of the first exit behind a layer: as many layers does the first answer take, or none. */
  get firstExit(): number {
    return firstExit(this.manifest);
  }

  /** A layer's shard, counted from 1. Who needs a deep one may need the next: all begin to load. */
  layer(number: number): Promise<ArrayBuffer> {
    const found = this.part(this.manifest.layers[number - 1]!);
    if (number > this.firstExit) this.fetchRest();
    return found;
  }

  /** An exit's shard, of one that is there. */
  exit(number: number): Promise<ArrayBuffer> {
    return this.part(this.manifest.exits[number]!);
  }

  /** Ends what is still being fetched. */
  close(): void {
    this.shards.close();
  }

  /** Fetches all that is not there yet. */
  async whole(): Promise<void> {
    await Promise.all(this.parts().map((part) => this.part(part)));
  }

  /** Begins to fetch all that is not there yet. What fails is fetched again when it is needed. */
  fetchRest(): void {
    for (const part of this.parts()) this.part(part).catch(() => {});
  }

  /** All layers' and exits'. */
  private parts(): Part[] {
    return [...this.manifest.exits.keys()].flatMap((number) => stageParts(this.manifest, number));
  }

  private part(part: Part): Promise<ArrayBuffer> {
    const fetched = this.fetched.get(part) ?? new Once(async () => (await this.shards.files([part], Infinity))[0]!);
    this.fetched.set(part, fetched);
    return fetched.get();
  }
}

function firstExit({ exits }: Manifest): number {
  return exits.findIndex((exit, number) => number > 0 && exit !== null);
}

/** The shards of a layer and of the exit behind it; of number 0 the exit alone. */
function stageParts({ layers, exits }: Manifest, number: number): Part[] {
  return [layers[number - 1], exits[number]].filter((part) => part !== undefined && part !== null);
}
