"""What helps an editor: the content check, links, score, stamps, asking for what is new."""
