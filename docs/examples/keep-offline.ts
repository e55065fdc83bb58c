import { deleteModel, keepModel, modelStorage } from 'fastbert-web';

const MODEL = '/models/sst2';

/** A button that keeps the model on this device, or deletes it, and says how much that is. */
export async function offlineButton(button: HTMLButtonElement): Promise<void> {
  const { bytes, missing } = await modelStorage(MODEL);
  const megabytes = (n: number): string => `${(n / 1e6).toFixed(1)} MB`;
  button.textContent = missing > 0 ? `Keep for offline use (${megabytes(missing)})` : `Delete from this device (${megabytes(bytes)})`;
  button.onclick = async () => {
    button.disabled = true;
    try {
      if (missing > 0) await keepModel(MODEL);
      else await deleteModel(MODEL);
    } finally {
      button.disabled = false;
      await offlineButton(button);
    }
  };
}
