/**
 * ONNX Runtime on a GPU: the only file that makes sessions and runs them.
 *
 * Never its default entry (the old JSEP build). Sessions are made one after another and runs
 * take turns: overlapping runs hang or corrupt the asyncify build.
 */

import type * as Ort from 'onnxruntime-web';
import type { RuntimeOptions } from '../../src/contract.js';
import { ORT_BYTES, ORT_FILES, ortBuild } from '../../src/core/ort-build.js';
import { DeviceError } from '../device-error.js';
import { Gpu } from './gpu.js';
import { importOrt } from './import-ort.js';
import { OwnBuffers } from './own-buffers.js';

export type Tensor = Ort.Tensor;
export type Session = Ort.InferenceSession;
export type Tensors = Record<string, Tensor>;

/** Gets a file of so many bytes by its address, once that is known. */
export type Fetch = (file: string, url: Promise<string>, bytes: number) => Promise<ArrayBuffer>;

let loading: Promise<typeof Ort> | undefined;

/**
 * ONNX Runtime, once a worker.
 *
 * @param fetched by which its wasm is counted, and goes on where a download broke off
 */
export async function loadOrt({ ortPath }: RuntimeOptions, fetched: Fetch): Promise<typeof Ort> {
  while (loading) {
    const others = loading;
    const ort = await others.catch(() => undefined); // who began it may have given up
    if (ort) return ort;
    if (loading === others) loading = undefined;
  }
  return (loading = load(ortPath, fetched));
}

async function load(ortPath: string | undefined, fetched: Fetch): Promise<typeof Ort> {
  const build = ortBuild(WebAssembly);
  const importing = importOrt(build, ortPath);
  const address = importing.then(({ env }) => (env.wasm.wasmPaths as { wasm: string }).wasm);
  const binary = fetched(`${ORT_FILES[build]}.wasm`, address, ORT_BYTES[build]);
  const [ort, wasmBinary] = await Promise.all([importing, binary]);
  const { wasm } = ort.env;
  wasm.wasmBinary = wasmBinary;
  // The GPU computes. And threads would start from ONNX Runtime's folder, which may be on another host, where none can.
  wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  return ort;
}

/** Once it runs, the bytes that it was compiled from are of no use; ONNX Runtime would hold them as long as the worker lives. */
function dropBinary({ env: { wasm } }: typeof Ort): void {
  if (wasm.wasmBinary) structuredClone(wasm.wasmBinary, { transfer: [wasm.wasmBinary as ArrayBuffer] });
  delete wasm.wasmBinary;
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
  readonly buffers: OwnBuffers;
  /** Buffers that nothing uses now, by size. */
  private readonly spare = new Map<number, GPUBuffer[]>();

  private constructor(
    private readonly ort: typeof Ort,
    private readonly gpu: Gpu,
  ) {
    this.buffers = new OwnBuffers(gpu.device);
  }

  /** Throws DeviceError where there is no GPU to be had. */
  static async open(options: RuntimeOptions, fetched: Fetch): Promise<Runtime> {
    const ort = await loadOrt(options, fetched);
    return new Runtime(ort, await Gpu.acquire());
  }

  /** Why the GPU was lost, once it is. */
  get lost(): string | undefined {
    return this.gpu.lost;
  }

  /** Resolves when the GPU is lost. */
  async whenLost(): Promise<void> {
    await this.gpu.device.lost;
  }

  /** The adapter, in words. */
  get description(): string {
    return this.gpu.description;
  }

  /** A session of a template with the shards that it names. Outputs stay on the device. */
  session(template: ArrayBuffer, shards: Record<string, ArrayBuffer>): Promise<Session> {
    return inTurn(async () => {
      const options: Ort.InferenceSession.SessionOptions = {
        externalData: Object.entries(shards).map(([path, data]) => ({
          path,
          data: new Uint8Array(data),
        })),
        executionProviders: [{ name: 'webgpu', device: this.gpu.device, validationMode: 'wgpuOnly' } as never],
        preferredOutputLocation: 'gpu-buffer',
        // Weights are dequantised once, at load: 11 dispatches a layer instead of 15. And an
        // operator that would go to the CPU, hidden states and all, fails the load instead.
        extra: { session: { disable_quant_qdq: '1', disable_cpu_ep_fallback: '1' } },
      };
      const create = this.ort.InferenceSession.create(new Uint8Array(template), options);
      const session = await create.catch((cause: Error) => {
        throw new DeviceError(
          `ONNX Runtime could not start on the GPU (${cause.message}). Reload the page. If that does not help, check that its .wasm files are served, or use device 'wasm'.`,
        );
      });
      dropBinary(this.ort);
      this.sessions.push(session);
      return session;
    });
  }

  /** Feeds a session those of `feeds` that it takes. */
  run(session: Session, feeds: Tensors): Promise<Tensors> {
    const taken = Object.fromEntries(session.inputNames.map((name) => [name, feeds[name]!]));
    return inTurn(() => session.run(taken)) as Promise<Tensors>;
  }

  /** Floats on the GPU. */
  upload(data: Float32Array, dims: number[]): Tensor {
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
    const buffer = spare.pop() ?? this.buffers.create(size, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
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
    this.buffers.destroyAll();
    this.gpu.release();
  }
}
