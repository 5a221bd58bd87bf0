"""What stands between the network and the pages: nobody passes who is not signed in."""
