"""All decisions: who may do what now, what it changes, who may see what of it. No sockets, no requests."""
