/** A model package in memory: fetched, checked, not yet on a device. */

import type { Device } from '../src/contract.js';
import { parseCalibration, type Calibration } from '../src/core/calibration.js';
import { parseManifest, type GpuTemplates, type Manifest, type Templates } from '../src/core/manifest.js';
import { Embeddings } from './embed.js';
import type { Shards } from './shards.js';
import { TextTokenizer } from './tokenize.js';

export interface Package {
  manifest: Manifest;
  tokenizer: TextTokenizer;
  embeddings: Embeddings;
  calibration: Calibration;
  layers: ArrayBuffer[];
  /** One a hidden state [L + 1]; undefined where there is no exit. */
  exits: (ArrayBuffer | undefined)[];
  /** Graphs by device, of the devices that were asked for. */
  templates: {
    wasm?: Record<keyof Templates, ArrayBuffer>;
    webgpu?: Record<keyof GpuTemplates, ArrayBuffer>;
  };
}

/** Fetches a package with the graphs of the given devices. */
export async function loadPackage(shards: Shards, devices: readonly Device[]): Promise<Package> {
  const manifest = parseManifest(await shards.manifest());
  const named = devices.map((device) => Object.entries(manifest.templates[device]));
  const [tokenizer, tokenizerConfig, calibration, [table], layers, exits, ...graphs] =
    await Promise.all([
      shards.json(manifest.tokenizer),
      shards.json(manifest.tokenizer_config),
      shards.json(manifest.calibration),
      shards.files([manifest.embeddings]),
      shards.files(manifest.layers),
      shards.files(manifest.exits.filter((part) => part !== null)),
      ...named.map((parts) => shards.files(parts.map(([, part]) => part))),
    ]);
  const heads = exits.values();
  const templates = devices.map((device, d) => [
    device,
    Object.fromEntries(named[d]!.map(([name], i) => [name, graphs[d]![i]!])),
  ]);
  return {
    manifest,
    tokenizer: new TextTokenizer(tokenizer, tokenizerConfig, manifest.max_tokens),
    embeddings: new Embeddings(manifest, table!),
    calibration: parseCalibration(calibration, manifest.exits),
    layers,
    exits: manifest.exits.map((part) => (part ? heads.next().value : undefined)),
    templates: Object.fromEntries(templates) as Package['templates'],
  };
}
