"""The engines that the bot can have its database on: `ENGINES = BOTH` plays a module on each."""

BOTH = ("sqlite", "postgres")
