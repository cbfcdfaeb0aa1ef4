"""What people see: screens made by pure functions, their words, buttons and pictures."""
