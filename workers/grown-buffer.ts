/** A GPU buffer that is used again and again; the queue keeps the order of its uses. It grows to the largest of them. */

/** The label by which the buffers of this project's code are told from ONNX Runtime's. */
const LABEL = 'fastbert-web';

export function ownBuffer(gpu: GPUDevice, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
  return gpu.createBuffer({ label: LABEL, size: Math.ceil(bytes / 16) * 16, usage: usage | GPUBufferUsage.COPY_DST });
}

export class GrownBuffer {
  private buffer: GPUBuffer | undefined;

  constructor(
    private readonly gpu: GPUDevice,
    private readonly usage: GPUBufferUsageFlags,
  ) {}

  /** Of at least so many bytes; what it held may be gone. */
  of(bytes: number): GPUBuffer {
    if (this.buffer && this.buffer.size >= bytes) return this.buffer;
    this.buffer?.destroy();
    return (this.buffer = ownBuffer(this.gpu, bytes, this.usage));
  }

  /** With these numbers in it. */
  holding(values: Uint32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.of(values.byteLength);
    this.gpu.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }
}
