/** Texts and packages from files; a folder too. */

import { chosen, given } from '../own/given-files.js';
import { ownWords } from '../own/words.js';
import type { LessonsProps } from './own-props.js';

export function OwnFiles({ lessons }: LessonsProps) {
  const { file, folder } = ownWords.value;
  return (
    <>
      <Choice name={file} lessons={lessons} attributes={{ accept: '.txt,.csv,.tsv,.zip' }} />
      <Choice name={folder} lessons={lessons} attributes={{ webkitdirectory: true }} />
    </>
  );
}

interface ChoiceProps extends LessonsProps {
  name: string;
  attributes: { accept: string } | { webkitdirectory: boolean };
}

function Choice({ name, lessons, attributes }: ChoiceProps) {
  return (
    <label class="file">
      <input
        type="file"
        {...attributes}
        onChange={({ currentTarget }) => {
          const files = chosen(currentTarget.files);
          void lessons.openFiles(() => given(files));
          // So that the same file, mended, can be chosen again.
          currentTarget.value = '';
        }}
      />
      <span>{name}</span>
    </label>
  );
}
