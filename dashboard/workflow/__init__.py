"""What people do with an evaluation, kept in a database: accounts, sessions, steps, requests, and the audit log."""
