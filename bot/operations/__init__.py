"""What whoever runs the bot looks at: how it does, and what is wrong where it does not do well."""
