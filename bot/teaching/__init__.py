"""What the bot learns from use: ways of asking, given or tapped, judged, and taken up."""
