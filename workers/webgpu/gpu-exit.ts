/**
 * Exits on a GPU, as two kernels of our own: ORT takes ten dispatches and a run for the same. They
 * read the hidden states where ORT left them; only logits come back.
 *
 * FastBERT's student classifier (`run_fastbert.py`), of which only token 0 asks: narrow and tanh for
 * every token, then for each text the two heads' query, softmax over its tokens, their mean, and the
 * dense layers behind it. What is linear is multiplied out in the shard (training/shards.py).
 */

import type { Architecture } from '../../src/core/manifest.js';
import { dense, loadWeights, THREADS } from './dense.js';
import { exitTensors } from './exit-tensors.js';
import { GrownBuffer, type OwnBuffers } from './own-buffers.js';
import { checkWorkgroup } from './workgroup.js';
import type { Readback } from './readback.js';
import type { Reading } from '../stage.js';

/** Tokens that share one read of the narrowing weights. */
const TILE = 4;

/** One exit's weights on the GPU. */
export type GpuExit = GPUBuffer;

/** Exits of one kind. */
export interface Exits {
  /** A shard as floats on the GPU. */
  load(shard: ArrayBuffer): GpuExit;
  /**
   * Asks an exit; what was begun before it on the queue is done before it.
   *
   * @param hidden [B, T, H]
   * @param lengths of the rows in tokens [B]
   * @param tokens T
   */
  ask(exit: GpuExit, hidden: GPUBuffer, lengths: readonly number[], tokens: number): Reading;
}

export class GpuExits implements Exits {
  private readonly layout: GPUBindGroupLayout;
  private readonly narrow: GPUComputePipeline;
  private readonly decide: GPUComputePipeline;
  /** T, then the lengths of a batch's rows. */
  private readonly shape: GrownBuffer;
  private readonly narrowed: GrownBuffer;
  private readonly logits: GrownBuffer;

  constructor(
    private readonly buffers: OwnBuffers,
    private readonly readback: Readback,
    private readonly architecture: Architecture,
    private readonly labels: number,
    longest: number,
  ) {
    const { gpu } = buffers;
    const { exit_heads: heads, exit_size: size } = architecture;
    checkWorkgroup(gpu, 4 * (2 * heads * size + size + heads * longest), 'exits');
    this.shape = new GrownBuffer(buffers, GPUBufferUsage.STORAGE);
    this.narrowed = new GrownBuffer(buffers, GPUBufferUsage.STORAGE);
    this.logits = new GrownBuffer(buffers, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const storage = (type: GPUBufferBindingType, binding: number): GPUBindGroupLayoutEntry => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    });
    this.layout = gpu.createBindGroupLayout({
      entries: [
        storage('read-only-storage', 0),
        storage('read-only-storage', 1),
        storage('read-only-storage', 2),
        storage('storage', 3),
        storage('storage', 4),
      ],
    });
    const module = gpu.createShaderModule({ code: shader(architecture, labels, longest) });
    const layout = gpu.createPipelineLayout({ bindGroupLayouts: [this.layout] });
    const kernel = (entryPoint: string): GPUComputePipeline =>
      gpu.createComputePipeline({ layout, compute: { module, entryPoint } });
    this.narrow = kernel('narrow');
    this.decide = kernel('decide');
  }

  load(shard: ArrayBuffer): GpuExit {
    return loadWeights(this.buffers, exitTensors(shard, this.architecture, this.labels));
  }

  ask(exit: GpuExit, hidden: GPUBuffer, lengths: readonly number[], tokens: number): Reading {
    const { labels } = this;
    const { gpu } = this.buffers;
    const rows = lengths.length;
    const bytes = rows * labels * 4;
    const shape = this.shape.holding(Uint32Array.of(tokens, ...lengths));
    const narrowed = this.narrowed.of(rows * tokens * this.architecture.exit_size * 4);
    const logits = this.logits.of(bytes);
    const group = gpu.createBindGroup({
      layout: this.layout,
      entries: [hidden, exit, shape, narrowed, logits].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, group);
    pass.setPipeline(this.narrow);
    pass.dispatchWorkgroups(Math.ceil(tokens / TILE), rows);
    pass.setPipeline(this.decide);
    pass.dispatchWorkgroups(rows);
    pass.end();
    return this.readback.submit(encoder, logits, bytes, rows);
  }
}

/** longest: T at most. */
function shader(a: Architecture, labels: number, longest: number): string {
  const wide = a.exit_heads * a.exit_size;
  return /* wgsl */ `
const H = ${a.hidden_size}u;
const S = ${a.exit_size}u;
const HEADS = ${a.exit_heads}u;
const WIDE = ${wide}u;
const LABELS = ${labels}u;
const LONGEST = ${longest}u;
const SCALE = ${(a.exit_size / a.exit_heads) ** -0.5};

// In the order of the shard.
const NARROW_BIAS = H * S;
const ASK = NARROW_BIAS + S;
const ASK_BIAS = ASK + S * WIDE;
const ANSWER = ASK_BIAS + WIDE;
const ANSWER_BIAS = ANSWER + WIDE * S;
const CLASSIFY = ANSWER_BIAS + S;
const CLASSIFY_BIAS = CLASSIFY + S * LABELS;

@group(0) @binding(0) var<storage, read> hidden: array<f32>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
// T, then the length of each row.
@group(0) @binding(2) var<storage, read> shape: array<u32>;
@group(0) @binding(3) var<storage, read_write> narrowed: array<f32>;
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;

// Some tokens of one row: [TILE, H] to [TILE, S].
@compute @workgroup_size(${THREADS})
fn narrow(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let tokens = shape[0];
  let first = group.x * ${TILE}u;
  if (first >= shape[1u + group.y]) {
    return;
  }
  let row = group.y * tokens;
  for (var column = thread; column < S; column += ${THREADS}u) {
    var sums = array<f32, ${TILE}>(); // said, since Chromium's compiler does not begin anew by itself in a loop
    for (var k = 0u; k < H; k++) {
      let weight = weights[k * S + column];
      for (var i = 0u; i < ${TILE}u; i++) {
        sums[i] += hidden[(row + min(first + i, tokens - 1u)) * H + k] * weight;
      }
    }
    for (var i = 0u; i < ${TILE}u; i++) {
      if (first + i < tokens) {
        narrowed[(row + first + i) * S + column] = tanh(sums[i] + weights[NARROW_BIAS + column]);
      }
    }
  }
}

var<workgroup> asked: array<f32, WIDE>;
var<workgroup> shares: array<f32, ${a.exit_heads * longest}>;
var<workgroup> means: array<f32, WIDE>;
var<workgroup> dense: array<f32, S>;

// One row: the query of token 0, attention over the row's tokens, the dense layers.
@compute @workgroup_size(${THREADS})
fn decide(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let start = group.x * shape[0] * S;
  let length = shape[1u + group.x];
  ${dense({ inputs: 'S', outputs: 'WIDE', matrix: 'ASK', bias: 'ASK_BIAS', input: 'narrowed[start + k]', store: 'asked[n] = sum;' })}
  workgroupBarrier();
  for (var i = thread; i < HEADS * length; i += ${THREADS}u) {
    let head = i / length;
    let token = i % length;
    var score = 0.0;
    for (var s = 0u; s < S; s++) {
      score += asked[head * S + s] * narrowed[start + token * S + s];
    }
    shares[head * LONGEST + token] = score * SCALE;
  }
  workgroupBarrier();
  if (thread < HEADS) {
    let at = thread * LONGEST;
    var highest = shares[at];
    for (var token = 1u; token < length; token++) {
      highest = max(highest, shares[at + token]);
    }
    var total = 0.0;
    for (var token = 0u; token < length; token++) {
      let power = exp(shares[at + token] - highest);
      shares[at + token] = power;
      total += power;
    }
    for (var token = 0u; token < length; token++) {
      shares[at + token] /= total;
    }
  }
  workgroupBarrier();
  for (var c = thread; c < WIDE; c += ${THREADS}u) {
    let at = (c / S) * LONGEST;
    var sum = 0.0;
    for (var token = 0u; token < length; token++) {
      sum += shares[at + token] * narrowed[start + token * S + c % S];
    }
    means[c] = sum;
  }
  workgroupBarrier();
  ${dense({ inputs: 'WIDE', outputs: 'S', matrix: 'ANSWER', bias: 'ANSWER_BIAS', input: 'means[k]', store: 'dense[n] = tanh(sum);' })}
  workgroupBarrier();
  ${dense({ inputs: 'S', outputs: 'LABELS', matrix: 'CLASSIFY', bias: 'CLASSIFY_BIAS', input: 'dense[k]', store: 'logits[group.x * LABELS + n] = sum;' })}
}
`;
}
