/** A package's weights as an engine has them packed. Pipelines of one package in a worker share them: in memory they lie once. */

import type { Manifest, Part } from '../../src/core/manifest.js';
import type { Engine, Place } from './engine.js';

export class Packed {
  private readonly places = new Map<string, Place>();

  constructor(readonly engine: Engine) {}

  /** Where a layer lies, packed unless it is there. */
  layer(part: Part, shard: ArrayBuffer): Place {
    return this.place(part, () => this.engine.addLayer(shard));
  }

  exit(part: Part, shard: ArrayBuffer): Place {
    return this.place(part, () => this.engine.addExit(shard));
  }

  /** The last exit, where it is the classification head that the model came with. */
  head(part: Part, shard: ArrayBuffer): Place {
    return this.place(part, () => this.engine.addHead(shard));
  }

  private place({ sha256 }: Part, pack: () => Place): Place {
    const place = this.places.get(sha256) ?? pack();
    this.places.set(sha256, place);
    return place;
  }
}

/** By a package's shape and the hashes of its packed shards; each goes with the last model that uses it. */
const known = new Map<string, WeakRef<Packed>>();

/**
 * An encoder, and all that it was taught, have one: taught exits are not packed.
 *
 * @param make an engine of the package's shape, where nobody has the package yet
 */
export function packedOf(manifest: Pick<Manifest, 'architecture' | 'labels' | 'layers' | 'exits' | 'kind'>, make: () => Engine): Packed {
  const { exit_kind, ...shape } = manifest.architecture;
  const { labels, exits } = exit_kind ?? manifest.kind ? { labels: [], exits: [] } : manifest;
  const key = JSON.stringify([shape, labels.length, ...[...manifest.layers, ...exits].map((part) => part?.sha256)]);
  const found = known.get(key)?.deref() ?? new Packed(make());
  known.set(key, new WeakRef(found));
  return found;
}
