"""What plugin authors test with: the cast, the twins and the conformance suites."""
