/** An encoder that a page teaches, whole and on WASM. */

import type { EncoderInfo, TeachingApi, TeachRequest, WorkerEvent } from '../src/contract.js';
import { Shards } from '../src/files/shards.js';
import type { Idle } from './idle.js';
import { openReader } from './open-model.js';
import { Package } from './package.js';
import { loadTaught } from './taught-exits.js';

export async function openEncoder(
  { pipeline, model: folder }: TeachRequest,
  idle: Idle,
  send: (event: WorkerEvent) => void,
): Promise<{ info: EncoderInfo; teaching: TeachingApi; close(): void }> {
  const shards = new Shards(folder, (event) => send({ type: 'progress', pipeline, event }));
  try {
    const [pkg, { Teaching }] = await Promise.all([Package.open(shards, 'backbone'), loadTaught()]);
    pkg.templates().catch(() => {}); // not to be read with, but to be taken home, without a network too: told by an export
    await pkg.whole();
    const model = await openReader(pkg);
    for (const stage of model.stages) await stage.prepare(false);
    const info = { manifest: pkg.manifest, bytes: shards.bytes };
    const teaching = new Teaching(model, (task) => idle.during(task), (event) => send({ type: 'taught', pipeline, event }));
    return { info, teaching, close: () => shards.close() };
  } catch (error) {
    shards.close();
    throw error;
  }
}
