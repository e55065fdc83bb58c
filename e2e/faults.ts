/** Faults, caused for real: what the server sends is what the browser gets, and a GPU that is lost is gone. */

import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { Page, Worker } from '@playwright/test';

export type Fault =
  /** 404. */
  | 'missing'
  /** A web page, with status 200: what hosts of single-page apps send for any path. */
  | 'html'
  /** The first half of the file, sent as if it were all. */
  | 'short'
  /** The whole file with one byte changed in its middle. */
  | 'altered'
  /** The connection breaks half-way. */
  | 'broken'
  /** Half of it comes, then nothing; the connection stays. */
  | 'stalled';

/** @param file what would have been sent */
export function answerWith(fault: Fault, file: string, response: ServerResponse): void {
  switch (fault) {
    case 'missing':
      response.writeHead(404).end('Not found');
      return;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>App</title>');
      return;
    case 'short': {
      const bytes = readFileSync(file);
      send(bytes.subarray(0, bytes.length >> 1), response);
      return;
    }
    case 'altered': {
      const bytes = readFileSync(file);
      const middle = bytes.length >> 1;
      bytes[middle] = bytes[middle]! ^ 1;
      send(bytes, response);
      return;
    }
    case 'broken':
    case 'stalled': {
      const bytes = readFileSync(file);
      response.writeHead(200, headers(bytes));
      response.write(bytes.subarray(0, bytes.length >> 1));
      // What is on its way when a connection is destroyed is lost with it.
      if (fault === 'broken') setTimeout(() => response.destroy(), 300);
    }
  }
}

function send(bytes: Buffer, response: ServerResponse): void {
  response.writeHead(200, headers(bytes)).end(bytes);
}

function headers(bytes: Buffer) {
  return { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length };
}

/** The library's device is nobody else's to reach: it is caught, and destroyed, as it makes its next commands. */
export async function loseGpu(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const original = GPUDevice.prototype.createCommandEncoder;
    GPUDevice.prototype.createCommandEncoder = function (descriptor) {
      GPUDevice.prototype.createCommandEncoder = original;
      setTimeout(() => this.destroy(), 0);
      return original.call(this, descriptor);
    };
  });
}

/** Workers that start from here on run this before anything else. */
export async function beforeWorker(page: Page, script: string): Promise<void> {
  await page.route('**/classifier.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}

/** What a browser without WebGPU, or with it blocked, shows a worker. */
export const NO_GPU = "Object.defineProperty(navigator, 'gpu', { value: undefined });";

/** For `beforeWorker`: the GPU gives these logits as its every answer, again and again. */
export const gpuThatSays = (...logits: number[]): string => `
  const { getMappedRange } = GPUBuffer.prototype;
  GPUBuffer.prototype.getMappedRange = function (...range) {
    const bytes = getMappedRange.apply(this, range);
    const logits = [${logits.join()}];
    if (this.label === 'fastbert-web') new Float32Array(bytes).forEach((_, i, all) => (all[i] = logits[i % logits.length]));
    return bytes;
  };
`;
