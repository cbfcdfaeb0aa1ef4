"""Classes of schools, which girls join by a code that a teacher hands out."""
