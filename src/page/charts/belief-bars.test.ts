import { expect, test } from 'vitest';
import { beliefPanels, beliefRows, namesX, shownClasses } from './belief-bars.js';

/** Four exits, 25 pixels each. */
const area = { left: 0, right: 100, top: 0, bottom: 68 };
const belief = (exit: number, probabilities: number[]) => ({ exit, uncertainty: 0.5, probabilities });

test('few classes are all shown, in the order of the model', () => {
  expect(shownClasses([belief(0, [0.1, 0.9])], 2)).toEqual([0, 1]);
  expect(shownClasses([], 5)).toEqual([0, 1, 2, 3, 4]);
});

test('of many classes five are shown: the highest that any exit gave, the highest first', () => {
  const trajectory = [
    belief(0, [0.3, 0.05, 0.1, 0.2, 0.15, 0.12, 0.08]),
    belief(1, [0.01, 0.05, 0.7, 0.02, 0.15, 0.03, 0.04]),
  ];
  expect(shownClasses(trajectory, 7)).toEqual([2, 0, 3, 4, 5]);
  expect(shownClasses([], 7)).toEqual([]);
  expect([2, 5, 150].map(beliefRows)).toEqual([2, 5, 5]);
});

test('a panel an exit, in its column, told by where the text left; exits that did not run have none', () => {
  const trajectory = [belief(0, [0.6, 0.4]), belief(1, [0.25, 0.75]), belief(2, [0, 1])];
  const panels = beliefPanels(trajectory, trajectory[1], [0, 1], area, 3);
  expect(panels.map(({ exit, place, x, width }) => [exit, place, x, width])).toEqual([
    [0, 'taken', 1.75, 21.5],
    [1, 'left', 26.75, 21.5],
    [2, 'beyond', 51.75, 21.5],
  ]);
  expect(beliefPanels(trajectory, undefined, [0, 1], area, 3).map(({ place }) => place)).toEqual(['taken', 'taken', 'taken']);
});

test('bars are as long as the probability, one row a class in every panel, and the answer is told apart', () => {
  const trajectory = [belief(0, [0.6, 0.4]), belief(1, [0.25, 0.75])];
  const drawn = beliefPanels(trajectory, trajectory[1], [1, 0], area, 3).map(({ x, bars }) =>
    bars.map(({ class: i, said, y, width, height }) => `${i}${said ? '!' : ''} M${x},${y}h${width}v${height}`),
  );
  expect(drawn).toMatchInlineSnapshot(`
    [
      [
        "1 M1.75,18h8.6v14",
        "0! M1.75,52h12.9v14",
      ],
      [
        "1! M26.75,18h16.125v14",
        "0 M26.75,52h5.375v14",
      ],
    ]
  `);
});

test('numbers stand in long bars, after short ones, and not at all in narrow panels', () => {
  const wide = { ...area, right: 400 };
  const numbers = (room: typeof area) => beliefPanels([belief(0, [0.75, 0.25])], undefined, [0, 1], room, 3)[0]!.bars.map((bar) => bar.number);
  expect(numbers(wide)).toEqual([
    { x: 68.5, inside: true },
    { x: 31.5, inside: false },
  ]);
  expect(numbers(area)).toEqual([undefined, undefined]);
  expect(namesX(wide, 3)).toBe(beliefPanels([belief(0, [1, 0])], undefined, [0, 1], wide, 3)[0]!.x);
});

test('a multi-label exit may answer several classes, or none', () => {
  const several = { ...belief(0, [0.9, 0.6, 0.1]), labelUncertainties: [0.1, 0.9, 0.1] };
  const none = { ...belief(1, [0.4, 0.3, 0.1]), labelUncertainties: [0.9, 0.8, 0.1] };
  const said = beliefPanels([several, none], none, [0, 1, 2], area, 3).map(({ bars }) => bars.map((bar) => bar.said));
  expect(said).toEqual([
    [true, true, false],
    [false, false, false],
  ]);
});
