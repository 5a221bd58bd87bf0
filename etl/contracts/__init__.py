"""Every column of Jipyo, declared once: the records that come in and the tables that go out."""
