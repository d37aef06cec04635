"""Reports of realistic length for the benchmarks: made up, all different, the same every time."""
