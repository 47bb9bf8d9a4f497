"""What `.ci/cluster` checks of divided work: parts made by other processes, merged to the bytes of one process."""
