"""Mentoring: girls meet vetted women, through the bot and never around it. Start at `states`."""
