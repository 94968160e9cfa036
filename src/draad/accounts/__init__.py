"""Who is who, what they may do, and what was done: users, roles, guards and the audit chain."""
