"""Documents with planted people, to measure what is left of them."""
