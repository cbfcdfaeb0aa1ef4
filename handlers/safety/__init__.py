"""Care for a girl in danger, and the cases that coordinators take."""
