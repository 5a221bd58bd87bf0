"""The same trip as Jipyo's, written by hand with other libraries, to measure against."""
