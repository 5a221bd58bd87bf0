"""What the data page does to the folder of records, in processes of their own; knows no screen."""
