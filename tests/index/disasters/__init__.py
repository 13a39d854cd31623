"""What may befall a run of the index: killed, disks full, files and catalogues damaged."""
