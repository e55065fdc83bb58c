/** Lets messages in that have arrived while the worker was at work. */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()!();

/**
 * Resolves after the messages that have already arrived were handled. On WASM a run resolves
 * without the worker ever returning to its event loop, so `setThresholds` and `cancel` would wait
 * until the whole call was over.
 */
export function afterMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
