"""Live co-creation sessions of the four O's. The floors are described in docs/architecture.md."""
