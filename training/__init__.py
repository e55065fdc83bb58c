"""Train, evaluate and export early-exit classifiers: `python -m training --help`."""
