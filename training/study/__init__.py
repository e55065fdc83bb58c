"""What recorded trajectories say: of gates, of uncertainty. Nothing here runs a model."""
