"""How good the platform is at reading, measured on tables of messages by honest splits."""
