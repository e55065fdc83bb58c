/** GPU buffers of this project's code for one model: freed with it. */

/** The label by which they are told from ONNX Runtime's. */
const LABEL = 'fastbert-web';

export class OwnBuffers {
  private readonly made = new Set<GPUBuffer>();

  constructor(readonly gpu: GPUDevice) {}

  create(bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const size = Math.ceil(bytes / 16) * 16;
    const buffer = this.gpu.createBuffer({ label: LABEL, size, usage: usage | GPUBufferUsage.COPY_DST });
    this.made.add(buffer);
    return buffer;
  }

  destroy(buffer: GPUBuffer): void {
    this.made.delete(buffer);
    buffer.destroy();
  }

  destroyAll(): void {
    for (const buffer of this.made) this.destroy(buffer);
  }
}

/** A buffer that is used again and again; the queue keeps the order of its uses. It grows to the largest of them. */
export class GrownBuffer {
  private buffer: GPUBuffer | undefined;

  constructor(
    private readonly buffers: OwnBuffers,
    private readonly usage: GPUBufferUsageFlags,
  ) {}

  /** Of at least so many bytes; what it held may be gone. */
  of(bytes: number): GPUBuffer {
    if (this.buffer && this.buffer.size >= bytes) return this.buffer;
    if (this.buffer) this.buffers.destroy(this.buffer);
    return (this.buffer = this.buffers.create(bytes, this.usage));
  }

  /** With these numbers in it. */
  holding(values: Uint32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.of(values.byteLength);
    this.buffers.gpu.queue.writeBuffer(buffer, 0, values);
    return buffer;
  }
}
