"""What people see: screens, the words in them, buttons and pictures."""
