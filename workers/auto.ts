/**
 * Device 'auto'. WASM answers, from the first text on. Behind that, while no call runs, this looks at the
 * GPU: whether it says what WASM says, and what both take. From then on each call goes to the device that
 * takes less for its texts.
 */

import type { GpuLook, RuntimeOptions } from '../src/contract.js';
import { costOf } from '../src/core/device-cost.js';
import { batchSizes } from './batch.js';
import { compareModels, TEXTS } from './compare-models.js';
import type { Model } from './model.js';
import { describeGpu, openModel } from './open-model.js';
import { recall, remember } from './remembered.js';
import { textsOf, timeModel } from './time-model.js';
import type { Tokenized } from './tokenize.js';

/** Calls of so many texts of so many tokens: a GPU that is faster for none of them is not kept. */
const COUNTS = [1, 8, 64, 512];
const LENGTHS = [8, 32, 128, 512];

/** One looks at a time: several pipelines would time each other. */
let turn: Promise<unknown> = Promise.resolve();

export class Auto {
  look: GpuLook;
  private gpu: Model | undefined;
  private closed = false;

  /**
   * @param idle resolves when no call runs
   * @param onLook told what came of looking at the GPU
   */
  constructor(
    private readonly wasm: Model,
    private readonly options: RuntimeOptions,
    private readonly idle: () => Promise<void>,
    private readonly onLook: (look: GpuLook) => void,
    mayLook: boolean,
  ) {
    this.look = { unused: mayLook ? 'not yet' : 'saving' };
  }

  /** The model that takes less for the texts of a call. */
  modelFor(texts: readonly Tokenized[]): Model {
    const { gpu, wasm, look } = this;
    return gpu && isFaster(gpu, wasm, look.measured!, texts) ? gpu : wasm;
  }

  /** Looks at the GPU, in its turn. */
  async lookAtGpu(): Promise<void> {
    const before = turn;
    turn = (async () => {
      await before;
      if (!this.closed) await this.find();
    })();
    await turn;
  }

  /** It was lost, or a call failed on it: no other goes there. */
  giveUp(gpu: Model, failure: string): void {
    if (this.gpu !== gpu) return;
    this.gpu = undefined;
    this.found({ ...this.look, unused: gpu.lost === undefined ? 'failed' : 'lost', why: gpu.lost ?? failure });
    void gpu.close();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.gpu?.close();
  }

  private async find(): Promise<void> {
    const description = await describeGpu();
    if (description === undefined) return this.found({ unused: 'absent' });
    const about = [description, navigator.hardwareConcurrency, navigator.userAgent, this.wasm.pkg.manifest.architecture];
    const known = await recall<GpuLook>(about);
    if (known?.unused) return this.found(known);
    let gpu: Model | undefined;
    try {
      await this.pause();
      gpu = await openModel(this.wasm.pkg, 'webgpu', this.options);
      for (const stage of gpu.stages) {
        await this.pause();
        await stage.prepare(true);
      }
      const look = { description, ...(await this.judge(gpu, known)) };
      await remember(about, look);
      if (this.closed) throw new DOMException('The pipeline was disposed.', 'AbortError');
      if (look.unused) await gpu.close();
      else this.use(gpu);
      this.found(look);
    } catch (error) {
      await gpu?.close();
      this.found({ description, unused: 'failed', why: (error as Error).message });
    }
  }

  /** Whether it says what WASM says, and is faster for any call. A slow one is spared the longer texts. */
  private async judge(gpu: Model, known: GpuLook | undefined): Promise<Omit<GpuLook, 'description'>> {
    const { wasm } = this;
    const { max_tokens } = wasm.pkg.manifest;
    const pause = (): Promise<void> => this.pause();
    const calls = COUNTS.flatMap((count) => LENGTHS.map((length) => textsOf(Array<number>(count).fill(Math.min(length, max_tokens)))));
    try {
      await compareModels(wasm, gpu, TEXTS.short, pause);
      const measured = known?.measured ?? { wasm: await timeModel(wasm, pause), webgpu: await timeModel(gpu, pause) };
      if (!calls.some((texts) => isFaster(gpu, wasm, measured, texts))) return { measured, unused: 'slower' };
      await compareModels(wasm, gpu, TEXTS.longer, pause);
      await gpu.warmUp();
      return { measured };
    } catch (error) {
      if (this.closed || gpu.lost !== undefined) throw error;
      return { unused: 'differs', why: (error as Error).message };
    }
  }

  private use(gpu: Model): void {
    this.gpu = gpu;
    void gpu.whenLost().then(() => this.giveUp(gpu, ''));
  }

  private found(look: GpuLook): void {
    if (this.closed) return;
    this.look = look;
    this.onLook(look);
  }

  /** Until nothing else is to be done; throws AbortError once it is all over. */
  private async pause(): Promise<void> {
    await this.idle();
    if (this.closed) throw new DOMException('The pipeline was disposed.', 'AbortError');
  }
}

/** Whether one model is to take less time for some texts than another, by what was measured of their devices. */
function isFaster(one: Model, other: Model, measured: NonNullable<GpuLook['measured']>, texts: readonly Tokenized[]): boolean {
  const [here, there] = [one, other].map(({ device, limits }) => costOf(measured[device], batchSizes(texts, limits)));
  return here! < there!;
}
