"""What is tried rather than shipped: gates and uncertainty on recorded trajectories, polynomials, plain models to adopt."""
