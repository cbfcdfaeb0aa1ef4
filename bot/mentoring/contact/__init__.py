"""The relay's reading of what passes between a girl and a mentor: contact details, approaches.

`look.look` is the door: text in, a verdict and its reasons out, nothing kept. What it knows is
content that coordinators read (`content/safety/relay/`), a small model of how people write when
they try to pass it (`model.json`), and what a message means (`opinion.py`).
"""
