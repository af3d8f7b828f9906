"""Published instruments, pure; one file each."""
