/**
 * A text with its parts tinted and underlined: the stronger, the more leaving a part out changes; solid where the
 * number falls without it, dotted where it rises. It is text as any other, so that it wraps, is read aloud and is
 * copied; saved as a file it is drawn.
 */

import type { Piece, Tint } from './word-tints.js';
import { usePointing } from './use-pointing.js';

interface TintedWordsProps {
  /** A text or, of a pair, both, each with its name. */
  texts: readonly { name: string | undefined; pieces: readonly Piece[] }[];
  /** One a part. */
  tints: readonly Tint[];
  /** Of the figure's two colours. */
  tone: 'answer' | 'inside';
  /** Number of the part in focus. */
  focused: number | undefined;
  onPart(part: number | undefined): void;
}

export function TintedWords({ texts, tints, tone, focused, onPart }: TintedWordsProps) {
  const pointing = usePointing<HTMLDivElement>(
    (_, target) => {
      const part = target.closest<HTMLElement>('mark')?.dataset['part'];
      onPart(part === undefined ? undefined : Number(part));
    },
    () => onPart(undefined),
  );
  return (
    <div class={`tinted ${tone}`} {...pointing}>
      {texts.map(({ name, pieces }) => (
        <p key={name} dir="auto">
          {name !== undefined && <span class="text-name">{name}</span>}
          <Pieces pieces={pieces} tints={tints} focused={focused} />
        </p>
      ))}
    </div>
  );
}

function Pieces({ pieces, tints, focused }: { pieces: readonly Piece[] } & Pick<TintedWordsProps, 'tints' | 'focused'>) {
  return pieces.map(({ text, part, within }, i) => {
    if (part === undefined) return text;
    const { strength, falls } = tints[part]!;
    const looks = strength === 0 ? 'plain' : falls ? 'falls' : 'rises';
    return (
      <mark key={i} class={part === focused ? `${looks} focused` : looks} data-part={part} style={{ '--move': strength }}>
        {within.length > 0 ? <Pieces pieces={within} tints={tints} focused={focused} /> : text}
      </mark>
    );
  });
}
