"""What happens while people are connected: the writer, the hub, the sockets. The only floor that imports channels."""
