"""What recorded trajectories say: of gates, of thresholds, of uncertainty. Nothing here runs a model."""
