"""People of the four O's who take part in a session over the same addresses and sockets as everybody else."""
