"""The coordinators' desk: its team, its counts, its digest."""
