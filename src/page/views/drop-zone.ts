/** Handlers of an element that files can be dropped on. */

import type { Signal } from '@preact/signals';

/** @param over whether something is held above it */
export function dropZone(over: Signal<boolean>, onFiles: (held: DataTransfer) => void) {
  return {
    onDragOver: (event: DragEvent): void => {
      event.preventDefault();
      over.value = true;
    },
    onDragLeave: (): void => {
      over.value = false;
    },
    onDrop: (event: DragEvent): void => {
      event.preventDefault();
      over.value = false;
      if (event.dataTransfer) onFiles(event.dataTransfer);
    },
  };
}
