import { pipeline } from 'fastbert-web';

const loading = pipeline('text-classification', '/models/sst2');

/** Asks the writer of a comment to think again, while it is being written. */
export function watchTone(box: HTMLTextAreaElement, hint: HTMLElement): void {
  let call = new AbortController();

  async function look(pause: number, speed: number): Promise<void> {
    call.abort(); // what was asked about an older text is not worth finishing
    call = new AbortController();
    const { signal } = call;
    try {
      const classify = await loading;
      await new Promise((resolve) => setTimeout(resolve, pause));
      const [tone] = await classify(box.value, { speed, signal });
      hint.textContent = tone!.label === 'negative' ? 'Would you say this to their face?' : '';
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  // A guess will do while the words change; what is about to be sent is read by all layers.
  box.addEventListener('input', () => void look(150, 0.8));
  box.addEventListener('change', () => void look(0, 0));
}
