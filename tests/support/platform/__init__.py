"""A running `mizan serve` seen from outside: for tests of faults and of the API, for benchmarks and the demo."""
