"""What an answer holds and what it leaves out (答复): facts that an officer can check, never a score."""
