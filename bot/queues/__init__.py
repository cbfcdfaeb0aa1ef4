"""The two queues: updates on their way in, messages on their way out."""
