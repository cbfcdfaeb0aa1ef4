"""Events, from the calendar and from the desk."""
