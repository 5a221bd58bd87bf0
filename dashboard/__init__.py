"""What people see: pages over published releases, in Korean and English. Computes nothing of its own."""
