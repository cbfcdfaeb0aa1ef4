"""What helps an editor: the content check, links, score, stamps of translations, templates."""
