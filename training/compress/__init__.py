"""What FastBERT is compared with: static models, each really trained, with one exit."""
