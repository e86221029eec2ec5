"""Each claim of speed, against its peers, in one run."""
