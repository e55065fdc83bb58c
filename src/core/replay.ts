/** Re-gates recorded trajectories at another speed, without running anything. */

import { leaves, type Belief } from './gate.js';

/**
 * The belief at which a recorded text would leave at `speed`, or undefined where the recording
 * ends before that: the text left earlier, at a higher speed.
 *
 * @param trajectory beliefs in the order of their exits
 * @param lastExit L, the teacher's number
 */
export function replay(
  trajectory: readonly Belief[],
  speed: number,
  lastExit: number,
): Belief | undefined {
  return trajectory.find((belief) => leaves(belief, speed, belief.exit === lastExit));
}
