/** A kernel of our own, over buffers that stand in the order of its bindings. */

export class Kernel {
  private readonly pipeline: GPUComputePipeline;

  constructor(
    private readonly gpu: GPUDevice,
    code: string,
    entryPoint: string,
  ) {
    const module = gpu.createShaderModule({ code });
    this.pipeline = gpu.createComputePipeline({ layout: 'auto', compute: { module, entryPoint } });
  }

  /** A command that runs it once, yet to be submitted. */
  over(buffers: readonly GPUBuffer[], workgroups: number, rows = 1): GPUCommandEncoder {
    const group = this.gpu.createBindGroup({
      layout: this.pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const encoder = this.gpu.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setBindGroup(0, group);
    pass.setPipeline(this.pipeline);
    pass.dispatchWorkgroups(workgroups, rows);
    pass.end();
    return encoder;
  }
}
