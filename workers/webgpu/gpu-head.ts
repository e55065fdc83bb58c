/**
 * The classification head that an adopted model came with, on a GPU, as one kernel of our own: of each text's
 * first token, dense, activation, classify.
 */

import type { Architecture } from '../../src/core/manifest.js';
import type { Reading } from '../stage.js';
import { dense, loadWeights, THREADS } from './dense.js';
import { headTensors } from './exit-tensors.js';
import type { Exits, GpuExit } from './gpu-exit.js';
import { Kernel } from './kernel.js';
import { GrownBuffer, type OwnBuffers } from './own-buffers.js';
import { checkWorkgroup } from './workgroup.js';
import type { Readback } from './readback.js';

export class GpuHead implements Exits {
  private readonly kernel: Kernel;
  /** T. */
  private readonly shape: GrownBuffer;
  private readonly logits: GrownBuffer;

  constructor(
    private readonly buffers: OwnBuffers,
    private readonly readback: Readback,
    private readonly architecture: Architecture,
    private readonly labels: number,
  ) {
    const { gpu } = buffers;
    checkWorkgroup(gpu, 4 * architecture.hidden_size, 'classification head');
    this.shape = new GrownBuffer(buffers, GPUBufferUsage.STORAGE);
    this.logits = new GrownBuffer(buffers, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    this.kernel = new Kernel(gpu, shader(architecture, labels), 'decide');
  }

  load(shard: ArrayBuffer): GpuExit {
    return loadWeights(this.buffers, headTensors(shard, this.architecture, this.labels));
  }

  ask(head: GpuExit, hidden: GPUBuffer, lengths: readonly number[], tokens: number): Reading {
    const bytes = lengths.length * this.labels * 4;
    const shape = this.shape.holding(Uint32Array.of(tokens));
    const logits = this.logits.of(bytes);
    const encoder = this.kernel.over([hidden, head, shape, logits], lengths.length);
    return this.readback.submit(encoder, logits, bytes, lengths.length);
  }
}

/** erf as Abramowitz and Stegun, 7.1.26, error below 2e-7. */
const ACTIVATIONS: Record<NonNullable<Architecture['head_act']>, string> = {
  tanh: 'tanh(x)',
  relu: 'max(x, 0.0)',
  gelu: 'max(x, 0.0) - 0.5 * abs(x) * erfc(abs(x) * 0.70710678)',
};

function shader(a: Architecture, labels: number): string {
  return /* wgsl */ `
const H = ${a.hidden_size}u;
const LABELS = ${labels}u;

// In the order of the shard.
const DENSE = 0u;
const DENSE_BIAS = H * H;
const CLASSIFY = DENSE_BIAS + H;
const CLASSIFY_BIAS = CLASSIFY + H * LABELS;

@group(0) @binding(0) var<storage, read> hidden: array<f32>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
// T.
@group(0) @binding(2) var<storage, read> shape: array<u32>;
@group(0) @binding(3) var<storage, read_write> logits: array<f32>;

var<workgroup> dense: array<f32, H>;

fn erfc(x: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.3275911 * x);
  return t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * exp(-x * x);
}

fn activated(x: f32) -> f32 {
  return ${ACTIVATIONS[a.head_act!]};
}

@compute @workgroup_size(${THREADS})
fn decide(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = group.x * shape[0] * H;
  ${dense({ inputs: 'H', outputs: 'H', matrix: 'DENSE', bias: 'DENSE_BIAS', input: 'hidden[first + k]', store: 'dense[n] = activated(sum);' })}
  workgroupBarrier();
  ${dense({ inputs: 'H', outputs: 'LABELS', matrix: 'CLASSIFY', bias: 'CLASSIFY_BIAS', input: 'dense[k]', store: 'logits[group.x * LABELS + n] = sum;' })}
}
`;
}
