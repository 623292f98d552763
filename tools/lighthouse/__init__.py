"""What a participant with a slow phone on a slow network gets, as Lighthouse sees it. `make lighthouse`."""
