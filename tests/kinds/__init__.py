"""What holds of every step kind and every ballot."""
