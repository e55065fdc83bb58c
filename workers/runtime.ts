/**
 * ONNX Runtime on one device: the only file that makes sessions and runs them.
 *
 * Never its default entry (the old JSEP build). Sessions are made one after another and runs
 * take turns: overlapping runs hang or corrupt the asyncify build.
 */

import type * as Ort from 'onnxruntime-web';
import type { Device, RuntimeOptions } from '../src/contract.js';
import { ORT_FILES, ortBuild } from '../src/core/ort-build.js';
import { DeviceError, Gpu } from './gpu.js';
import { importOrt } from './import-ort.js';
import { OwnBuffers } from './own-buffers.js';

export type Tensor = Ort.Tensor;
export type Session = Ort.InferenceSession;
export type Tensors = Record<string, Tensor>;

let loaded: Promise<typeof Ort> | undefined;

/**
 * ONNX Runtime, once a worker; the first caller's need decides which build. On WASM it has one thread:
 * several cores are several workers, which need no shared memory and do not wait for each other in every product.
 */
function loadOrt(device: Device, { wasmPaths }: RuntimeOptions): Promise<typeof Ort> {
  loaded ??= (async () => {
    const build = ortBuild(device, WebAssembly);
    const ort = await importOrt(build);
    // The JavaScript that belongs to the wasm is in the worker's build.
    if (wasmPaths !== undefined) ort.env.wasm.wasmPaths = { wasm: `${wasmPaths}${ORT_FILES[build]}.wasm` };
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    return ort;
  })();
  return loaded;
}

let turn: Promise<unknown> = Promise.resolve();

/** Runs a task when all tasks given before it have ended. One queue a worker. */
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = turn.then(task);
  turn = result.catch(() => {});
  return result;
}

/** One model's part of ONNX Runtime: its sessions, its buffers. */
export class Runtime {
  private readonly sessions: Session[] = [];
  private closed = false;
  /** On a GPU. */
  readonly buffers: OwnBuffers | undefined;
  /** Buffers that nothing uses now, by size. */
  private readonly spare = new Map<number, GPUBuffer[]>();

  private constructor(
    private readonly ort: typeof Ort,
    readonly device: Device,
    private readonly gpu: Gpu | undefined,
  ) {
    this.buffers = gpu && new OwnBuffers(gpu.device);
  }

  /** Throws DeviceError where the device is not to be had. */
  static async open(device: Device, options: RuntimeOptions): Promise<Runtime> {
    const ort = await loadOrt(device, options);
    return new Runtime(ort, device, device === 'webgpu' ? await Gpu.acquire() : undefined);
  }

  /** Why the GPU was lost, once it is. */
  get lost(): string | undefined {
    return this.gpu?.lost;
  }

  /** Resolves when the GPU is lost; at once where there is none. */
  async whenLost(): Promise<void> {
    await this.gpu?.device.lost;
  }

  /** In words: the adapter, or how many threads. */
  get description(): string {
    return this.gpu?.description ?? 'one thread';
  }

  /** A session of a template with the shards that it names. Outputs stay on the device. */
  session(template: ArrayBuffer, shards: Record<string, ArrayBuffer>): Promise<Session> {
    return inTurn(async () => {
      const options: Ort.InferenceSession.SessionOptions = {
        externalData: Object.entries(shards).map(([path, data]) => ({
          path,
          data: new Uint8Array(data),
        })),
        executionProviders: ['wasm'],
      };
      if (this.gpu) {
        options.executionProviders = [
          { name: 'webgpu', device: this.gpu.device, validationMode: 'wgpuOnly' } as never,
        ];
        options.preferredOutputLocation = 'gpu-buffer';
        // Weights are dequantised once, at load: 11 dispatches a layer instead of 15. And an
        // operator that would go to the CPU, hidden states and all, fails the load instead.
        options.extra = { session: { disable_quant_qdq: '1', disable_cpu_ep_fallback: '1' } };
      }
      const create = this.ort.InferenceSession.create(new Uint8Array(template), options);
      const session = await create.catch((cause: Error) => {
        throw new DeviceError(
          `ONNX Runtime could not start on ${this.device} (${cause.message}). Reload the page. If that does not help, check that its .wasm files are served, or use another device.`,
        );
      });
      this.sessions.push(session);
      return session;
    });
  }

  /** Feeds a session those of `feeds` that it takes. */
  run(session: Session, feeds: Tensors): Promise<Tensors> {
    const taken = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]!]));
    return inTurn(() => session.run(taken)) as Promise<Tensors>;
  }

  /** Floats on the device. */
  upload(data: Float32Array, dims: number[]): Tensor {
    if (!this.buffers) return new this.ort.Tensor('float32', data, dims);
    const tensor = this.blank(dims);
    this.buffers.gpu.queue.writeBuffer(tensor.gpuBuffer as GPUBuffer, 0, data as Float32Array<ArrayBuffer>);
    return tensor;
  }

  /** Floats on the GPU that are yet to be written; their buffer is used again once the tensor is disposed. */
  blank(dims: number[]): Tensor {
    // Sizes go up in powers of two, so that few buffers serve texts of all lengths.
    const bytes = dims.reduce((product, size) => product * size, 4);
    const size = 2 ** Math.ceil(Math.log2(Math.max(bytes, 16)));
    const spare = this.spare.get(size) ?? [];
    this.spare.set(size, spare);
    const buffer = spare.pop() ?? this.buffers!.create(size, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    return this.ort.Tensor.fromGpuBuffer(buffer, {
      dataType: 'float32',
      dims,
      dispose: () => void spare.push(buffer),
    });
  }

  /** Whole numbers for shapes and row indices; these stay on the CPU. */
  integers(values: readonly number[]): Tensor {
    return new this.ort.Tensor('int64', BigInt64Array.from(values, BigInt), [values.length]);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    for (const session of this.sessions.splice(0)) {
      // A session whose GPU is gone may fail to release; there is nothing left to free then.
      await inTurn(() => session.release()).catch(() => {});
    }
    this.buffers?.destroyAll();
    this.gpu?.release();
  }
}
