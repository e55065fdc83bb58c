/** Re-gates recorded trajectories under other thresholds, without running anything. */

import { leaves, type Belief, type Thresholds } from './gate.js';

/**
 * The belief at which a recorded text would leave, or undefined where the recording ends before
 * that: the text left earlier, under higher thresholds.
 *
 * @param trajectory beliefs in the order of their exits
 * @param thresholds of exits 0 to L - 1
 */
export function replay(trajectory: readonly Belief[], thresholds: Thresholds): Belief | undefined {
  return trajectory.find((belief) =>
    leaves(belief, thresholds[belief.exit] ?? 0, belief.exit === thresholds.length),
  );
}
