"""Messages of QCVN 102:2016/BTTTT."""
