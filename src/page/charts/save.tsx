/** Saves a figure as a file, drawn or in pixels. */

import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useContext } from 'preact/hooks';
import { download } from '../download.js';
import { words } from '../words/index.js';
import type { FigureFileError } from './figure-file.js';
import { FigureSource } from './figure-source.js';

const TYPES = { svg: 'image/svg+xml', png: 'image/png' };

interface SaveProps {
  figure: RefObject<HTMLElement | null>;
  /** The figure's, in its file's name. */
  name: string;
  title: string;
}

export function Save({ figure, name, title }: SaveProps) {
  const failure = useSignal<FigureFileError['reason'] | undefined>(undefined);
  const { save: saveWord, saveNamed, ...failures } = words.value.figure;
  const source = useContext(FigureSource);
  const save = async (kind: keyof typeof TYPES): Promise<void> => {
    failure.value = undefined;
    // Few save a figure: what it takes is fetched then.
    const { figurePng, figureSvg } = await import('./figure-file.js');
    try {
      const svg = await figureSvg(figure.current!, source());
      download(`fastbert-web-${name}.${kind}`, TYPES[kind], kind === 'svg' ? svg : await figurePng(svg));
    } catch (error) {
      failure.value = (error as FigureFileError).reason;
    }
  };
  return (
    <>
      <div class="save" role="group" aria-label={saveNamed(title)}>
        <span aria-hidden="true">{saveWord}</span>
        <button type="button" onClick={() => void save('svg')}>
          SVG
        </button>
        <button type="button" onClick={() => void save('png')}>
          PNG
        </button>
      </div>
      {failure.value && <p role="alert">{failures[failure.value]}</p>}
    </>
  );
}
