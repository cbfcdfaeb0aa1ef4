"""Who writes to the bot, what she may do, and what was done."""
