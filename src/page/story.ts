/** The guided story: what its words do to the figures. What it says is among the words. */

import type { Actions } from './actions.js';
import { tasks } from './tasks/index.js';
import type { Cue } from './words/step.js';

interface Scene {
  /** The class of the figure that it is about. */
  figure: string;
  play(actions: Actions): void;
}

const [task] = tasks;
const OFF_TOPIC = 'The train to the coast leaves at nine from platform two.';

const scenes: Record<Cue, Scene> = {
  easy: readsKind('easy'),
  negated: readsKind('negated'),
  sarcastic: readsKind('sarcastic'),
  offTopic: reads(OFF_TOPIC),
  firstExit: looksAt(0),
  lastExit: looksAt(6),
  lowSpeed: runsAt(0.2),
  middleSpeed: runsAt(0.5),
  highSpeed: runsAt(0.85),
  noSpeed: runsAt(0),
  honest: { figure: 'luha', play: (actions) => actions.chooseExit(1) },
  honestLast: { figure: 'luha', play: (actions) => actions.chooseExit(6) },
  curve: { figure: 'speed-accuracy', play: () => {} },
  sixty: { figure: 'stream', play: (actions) => void actions.trySentences() },
  disagree: {
    figure: 'stream',
    play: (actions) => void actions.trySentences().then(() => actions.filter({ only: 'disagree' })),
  },
};

/** How each step begins: it shows what it speaks of. */
const openings: readonly Cue[] = ['easy', 'lastExit', 'negated', 'middleSpeed', 'honest', 'sarcastic'];

/** @returns the class of the figure to look at */
export function play(cue: Cue, actions: Actions): string {
  scenes[cue].play(actions);
  return scenes[cue].figure;
}

export function opening(step: number): Cue {
  return openings[step]!;
}

function readsKind(kind: string): Scene {
  return reads(task.examples.find((example) => example.kind === kind)!.text);
}

function reads(text: string): Scene {
  return {
    figure: 'trajectories',
    play: (actions) => {
      actions.chooseInput('one');
      actions.write(text);
    },
  };
}

function looksAt(layer: number): Scene {
  return { figure: 'trajectories', play: (actions) => actions.focusOn({ sample: 0, layer }) };
}

function runsAt(speed: number): Scene {
  return {
    figure: 'trajectories',
    play: (actions) => {
      actions.slide(speed);
      actions.settle();
    },
  };
}
